-- Nothing: the tables may be older than this migration, and are another team's.
SELECT 1;
