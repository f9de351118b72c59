w2870asian
r i BC-WV--Westvale-Ferry 1stLd-Writethru   11-13 0466
^BC-WV--Westvale-Ferry Repairs, 1st Ld-Writethru,466<
^For Westvale's islanders, a long winter <
^AP Photo XNP101, XNP102<
^Eds: Updates with
quotes. With AP Photos.<
^The ferry that carries most of what the islanders eat has been in the yard for nine weeks, and nobody can say when it will be back.<
^By NELL ORR and TOM REED=
^Associated Press=
	   WESTVALE, Eastholm (AP) _ For islanders who live on what the ferry
brings, nine weeks is a long time. 
 
	   ``We do not know what to eat,'' said Martha Quill, who has a shop _ the only one _ in the harbor.
	   ___
	   Jo Bell in Northport contributed.

AP-WF-11-13-13 1509GMT<

s0012-----
u s BC-Regatta Results   11-13 0020
^BC-Regatta Results,20<
^Regatta: Orr wins<
	   Nell Orr won the regatta on Wednesday.
AP-NY-11-13-13 2001EST<
