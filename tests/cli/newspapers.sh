#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Digitised newspapers, on disk and in archives: newspapers.sh NEWSIDX
set -uo pipefail
newsidx=$(readlink -f "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
failed=0

equal() { # WHAT ACTUAL EXPECTED
    [ "$2" = "$3" ] || {
        echo "$1: $2"
        echo "  expected: $3"
        failed=1
    }
}
page() { # WORD BLOCK...
    local word=$1 id
    shift
    echo "<alto><Layout><Page><PrintSpace>"
    for id in "$@"; do
        echo "<TextBlock ID=\"$id\"><TextLine><String CONTENT=\"$word\" WC=\"0.9\"/><SP/><String CONTENT=\"$id\"/></TextLine></TextBlock>"
    done
    echo "</PrintSpace></Page></Layout></alto>"
}

# An issue with articles over two pages, one of which is two files, as national
# libraries make them.
mkdir -p paper/1891/alto
page first B1 B2 >paper/1891/alto/0001.xml
page second B3 >paper/1891/alto/0002.xml
cat >paper/1891/1891-mets.xml <<'END'
<mets xmlns="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink" LABEL="The Courier, 1891-05-02">
<dmdSec ID="MODSMD_ART1"><mdWrap><xmlData><mods:mods><mods:titleInfo><mods:nonSort>The</mods:nonSort><mods:title>ferry sinks</mods:title></mods:titleInfo><mods:name type="personal"><mods:namePart type="given">Jane</mods:namePart><mods:namePart type="family">Doe</mods:namePart></mods:name></mods:mods></xmlData></mdWrap></dmdSec>
<fileSec><fileGrp><file ID="ALTO1"><FLocat xlink:href="file://./alto/0001.xml"/></file><file ID="ALTO2"><FLocat xlink:href="file://./alto/0002.xml"/></file><file ID="ALTO3"><FLocat xlink:href="alto/0002.xml"/></file><file ID="TIF1"><FLocat xlink:href="file://./images/0001.tif"/></file></fileGrp></fileSec>
<structMap TYPE="LOGICAL"><div TYPE="Newspaper"><div TYPE="ARTICLE" ID="DIVL1" DMDID="MODSMD_ART1"><div TYPE="BODY"><fptr><area FILEID="ALTO1" BEGIN="B2"/></fptr><fptr><area FILEID="ALTO2" BEGIN="B3"/></fptr><fptr><area FILEID="ALTO3" BEGIN="B3"/></fptr></div></div></div></structMap></mets>
END
# An issue of which only pages are known, as in Chronicling America.
mkdir -p paper/1910
page third B1 B2 >paper/1910/0001.xml
page fourth B1 >paper/1910/0002.xml
cat >paper/1910/1910043001_mets.xml <<'END'
<mets TYPE="urn:library-of-congress:ndnp:mets:newspaper:issue" LABEL="National Forum, 1910-04-30" xmlns="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink">
<dmdSec ID="issueModsBib"><mdWrap><xmlData><mods:mods><mods:relatedItem type="host"><mods:identifier type="lccn">sn82015056</mods:identifier></mods:relatedItem><mods:originInfo><mods:dateIssued encoding="iso8601">1910-04-30</mods:dateIssued></mods:originInfo></mods:mods></xmlData></mdWrap></dmdSec>
<dmdSec ID="pageModsBib1"><mdWrap><xmlData><mods:mods><mods:part><mods:extent unit="pages"><mods:start>1</mods:start></mods:extent><mods:detail type="page number"><mods:number>1</mods:number></mods:detail><mods:detail type="section label"><mods:number>Sports</mods:number></mods:detail></mods:part></mods:mods></xmlData></mdWrap></dmdSec>
<fileSec><fileGrp ID="pageFileGrp1"><file ID="masterFile1" USE="master"><FLocat LOCTYPE="OTHER" OTHERLOCTYPE="file" xlink:href="./0001.tif"/></file><file ID="ocrFile1" USE="ocr"><FLocat LOCTYPE="OTHER" OTHERLOCTYPE="file" xlink:href="./0001.xml"/></file></fileGrp><fileGrp ID="pageFileGrp2"><file ID="ocrFile2" USE="ocr"><FLocat LOCTYPE="OTHER" OTHERLOCTYPE="file" xlink:href="./0002.xml"/></file></fileGrp></fileSec>
<structMap xmlns:np="urn:library-of-congress:ndnp:mets:newspaper"><div TYPE="np:issue" DMDID="issueModsBib"><div TYPE="np:page" DMDID="pageModsBib1"><fptr FILEID="masterFile1"/><fptr FILEID="ocrFile1"/></div><div TYPE="np:page" DMDID="pageModsBib2"><fptr FILEID="ocrFile2"/></div></div></structMap></mets>
END
# An issue that is described in Dublin Core, as in Gallica.
mkdir -p paper/1911
page third B1 B2 | sed 's/<alto>/<alto><Tags><NamedEntityTag ID="N1" TYPE="person" LABEL="Martha Quill"\/><\/Tags>/; s/"third"/"Quill" TAGREFS="N1"/' >paper/1911/X0001.xml
cat >paper/1911/manifest-mets.xml <<'END'
<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:spar_dc="http://bibnum.bnf.fr/ns/spar_dc" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dmdSec ID="DMD.2"><mdWrap MDTYPE="OTHER"><xmlData><spar_dc:spar_dc><dc:title>Le Petit Westvalois</dc:title><dc:date>1911-05-02</dc:date><dc:language>fre</dc:language></spar_dc:spar_dc></xmlData></mdWrap></dmdSec>
<fileSec><fileGrp USE="ocr"><file ID="ocr.1"><FLocat xlink:href="X0001.xml" LOCTYPE="URL"/></file></fileGrp></fileSec>
<structMap TYPE="logical"><div TYPE="ISSUE" DMDID="DMD.2"><div TYPE="SECTION" LABEL="Faits divers"><div TYPE="ARTICLE" ID="z1" LABEL="Un bac"><fptr><seq><area FILEID="ocr.1" BEGIN="B1"/><area FILEID="ocr.1" BEGIN="B2"/></seq></fptr></div></div></div></structMap></mets>
END
# A page that no METS file knows.
mkdir -p paper/loose
page fifth B1 >paper/loose/page.xml
# An issue of Delpher: DIDL, the texts of its articles, one of which is named
# twice, and the same pages.
mkdir -p paper/1876
page sixth B1 >paper/1876/DDD_0102_00001_alto.xml
cat >paper/1876/DDD_0102_didl.xml <<'END'
<didl:DIDL xmlns:didl="urn:mpeg:mpeg21:2002:02-DIDL-NS" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:srw_dc="info:srw/schema/1/dc-v1.1" xmlns:dcx="http://krait.kb.nl/coop/tel/handbook/telterms.html">
<didl:Item dc:identifier="ddd:0102:mpeg21"><didl:Component><didl:Resource mimeType="text/xml"><srw_dc:dcx><dc:title>Westvaalsche Courant</dc:title><dc:date>1876-01-04</dc:date><dc:language>nl</dc:language><dcx:recordIdentifier>ddd:0102:mpeg21</dcx:recordIdentifier></srw_dc:dcx></didl:Resource></didl:Component>
<didl:Item dc:identifier="ddd:0102:mpeg21:p001"><didl:Component><didl:Resource ref="http://resolver.example.org/p001" dcx:filename="./DDD_0102_00001_alto.xml"/></didl:Component></didl:Item>
<didl:Item dc:identifier="ddd:0102:mpeg21:a0001"><didl:Component><didl:Resource><srw_dc:dcx><dc:title>Het veer</dc:title><dc:subject>artikel</dc:subject><dcx:recordIdentifier>ddd:0102:mpeg21:a0001</dcx:recordIdentifier></srw_dc:dcx></didl:Resource></didl:Component><didl:Component><didl:Resource mimeType="text/xml" ref="http://resolver.example.org/a0001" dcx:filename="./DDD_0102_0001_articletext.xml"/></didl:Component></didl:Item>
<didl:Item dc:identifier="ddd:0102:mpeg21:a0002"><didl:Component><didl:Resource><srw_dc:dcx><dc:title>Advertentie</dc:title><dc:subject>advertentie</dc:subject><dcx:recordIdentifier>ddd:0102:mpeg21:a0002</dcx:recordIdentifier></srw_dc:dcx></didl:Resource></didl:Component></didl:Item>
<didl:Item dc:identifier="ddd:0102:mpeg21:a0003"><didl:Component><didl:Resource><srw_dc:dcx><dc:title>Nog eens</dc:title><dc:subject>artikel</dc:subject><dcx:recordIdentifier>ddd:0102:mpeg21:a0003</dcx:recordIdentifier></srw_dc:dcx></didl:Resource></didl:Component><didl:Component><didl:Resource mimeType="text/xml" ref="http://resolver.example.org/a0003" dcx:filename="DDD_0102_0001_articletext.xml"/></didl:Component></didl:Item>
</didl:Item></didl:DIDL>
END
cat >paper/1876/DDD_0102_0001_articletext.xml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<text id="ddd:0102:mpeg21:a0001:ocr"><title>Het veer vaart weder.</title><p>WESTVAAL, 3 Jan. Het veer
vaart weder.</p><p>Men is verheugd.</p></text>
END
tar -czf paper.tgz paper
tar -cf outer.tar paper.tgz
bsdtar -a -cf paper.zip paper

fields() { # ARCHIVE
    "$newsidx" export -a "$1" | sort -t '#' -k 2 |
        sed 's/"collection":"[^"]*",//; s/"id":"[^"]*",*//; s/"language":"[^"]*",*//; s/,}$/}/'
}
expected='{"title":"Het veer vaart weder.","date":"1876-01-04","source":"Westvaalsche Courant","section":"artikel","text":"WESTVAAL, 3 Jan. Het veer vaart weder.\n\nMen is verheugd."}
{"title":"Advertentie","date":"1876-01-04","source":"Westvaalsche Courant","section":"advertentie"}
{"title":"Het veer vaart weder.","date":"1876-01-04","source":"Westvaalsche Courant","section":"artikel","text":"WESTVAAL, 3 Jan. Het veer vaart weder.\n\nMen is verheugd."}
{"text":"fifth B1"}
{"title":"The ferry sinks","authors":["Jane Doe"],"date":"1891-05-02","source":"The Courier","text":"first B2\n\nsecond B3\n\nsecond B3"}
{"date":"1910-04-30","source":"National Forum","section":"Sports","text":"third B1\n\nthird B2"}
{"date":"1910-04-30","source":"National Forum","text":"fourth B1"}
{"title":"Un bac","date":"1911-05-02","source":"Le Petit Westvalois","section":"Faits divers","people":["Martha Quill"],"text":"Quill B1\n\nQuill B2"}'
for what in paper paper.tgz paper.zip outer.tar; do
    "$newsidx" add -j 1 -q -a "$what.archive" "$what" || failed=1
    equal "$what" "$(fields "$what.archive")" "$expected"
done
said=$("$newsidx" add -j 1 -a pipe.archive - <paper.tgz 2>&1)
[[ $said == *"none of the 2 pages that it names can be read"* ]] || {
    echo "from a pipe: $said"
    failed=1
}
exit $failed
