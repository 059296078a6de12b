-- Another number with every write of the session, drawn by chance: a replica that shows the number of the
-- primary shows all that the session wrote.
ALTER TABLE sessions ADD COLUMN wrote BIGINT NOT NULL DEFAULT 0;
-- Whether the server that is asked has replayed the log up to a place. One that replays nothing is trusted
-- only if it is the primary itself: known by the moment it started, because a standby that was promoted
-- beside a living primary goes its own way. Under a name, so that statements that ask for it are prepared once.
CREATE FUNCTION has_replayed(place TEXT, primary_started TEXT) RETURNS BOOLEAN LANGUAGE sql VOLATILE AS
$$ SELECT coalesce(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() >= place::pg_lsn
     ELSE extract(epoch FROM pg_postmaster_start_time())::text = primary_started END, false) $$;
