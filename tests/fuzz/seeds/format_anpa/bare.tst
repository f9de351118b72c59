w2871asian
r f BC-WV--Westvale-Prices     11-14 0120
^BC-WV--Westvale-Prices,120<
^Prices rise again in Westvale<
^By ADA FINCH=
^AP Business Writer=
	   WESTVALE (AP) _ Prices rose by 3 percent.
 
	   They had fallen before.

	   AP-WF-11-14-13 0809GMT<

