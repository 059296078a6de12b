-- Transactions below this one are over: nothing can appear any more among their events. Under a name, so
-- that statements that ask for it are prepared once.
CREATE FUNCTION oldest_open() RETURNS BIGINT LANGUAGE sql STABLE AS
$$ SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint $$;
