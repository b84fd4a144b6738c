-- How strong each tie of each course is, from exported events: what `rebuild_ties` stores.
-- Nothing here is an engine's own, and no weight is computed: each day's is an integer that is
-- joined, so every engine sums the same. `acc` is NULL where the weight of a day is missing.
SELECT
  unit.course,
  unit.source,
  unit.target,
  CASE WHEN COUNT(weight.quantum) = COUNT(*) THEN CAST(SUM(weight.quantum) AS BIGINT) END AS acc,
  COUNT(*) AS units,
  CAST(SUM(unit.events) AS BIGINT) AS events
FROM (
  SELECT course, source, target, post, days, COUNT(*) AS events
  FROM events
  GROUP BY course, source, target, post, days
) unit
JOIN courses ON courses.course = unit.course
LEFT JOIN tie_days weight
  ON weight.half_life = courses.half_life AND weight.days = unit.days
GROUP BY unit.course, unit.source, unit.target
