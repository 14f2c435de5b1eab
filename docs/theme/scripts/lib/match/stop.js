/** Words that stand in every text; scripts/regenerate.py writes them from caveat/matching/stop.txt. */
export const STOP_WORDS = new Set(
  `a about after again all also am an and any apr are as at aug be because been before being but
   by can cannot com could dec did do does doing don during each feb for fri from further github
   had has have having he her here hers him his how http https i if in info into is isn it its jan
   jul jun just level mar may me mon more most msg my no nor not nov now oct of off on once only or
   other our out over own pm same sat sep she should so some such sun than that the their them then
   there these they this those through thu time to too tue under until up utc very was wasn we wed
   were what when where which while who whom why will with won would www you your`.split(/\s+/),
);
