filedesc://invented.arc.gz 192.0.2.9 20080727060000 text/plain 75
1 0 Invented Crawl
URL IP-address Archive-date Content-type Archive-length

dns:example.org 192.0.2.1 20080727060001 text/dns 47
20080727060000
example.org. 300 IN A 192.0.2.1

http://example.org/a page.html 192.0.2.1 20080727060002 text/html 378
HTTP/1.1 200 OK
Content-Type: text/html; charset=iso-8859-1
Content-Length: 0

<!doctype html><html lang="fr"><head><title>Une écluse rouvre</title><meta property="article:published_time" content="2008-07-27T08:00:00Z"></head><body><article><p>L'écluse du port rouvre lundi, a dit la direction, après deux hivers de travaux et un débat sans fin.</p></article></body></html>

http://example.org/none 192.0.2.1 20080727060003 text/html 81
HTTP/1.0 404 Not Found
Content-Type: text/html

<html><title>No</title></html>
this line is no record
http://www.example.org/v2 192.0.2.1 20080727060004 text/html 200 - - 1234 X.arc 128
HTTP/1.0 200 OK
Content-Type: text/html

<html><head><title>No date here</title></head><body><p>Short page.</p></body></html>
http://example.org/cut 192.0.2.1 20080727060005 text/html 128
HTTP/1.0 200 OK
Content-Type: text/html

<html><head><title>No date here</title></head><body><p>