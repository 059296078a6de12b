DROP INDEX sessions_by_expiry;
DROP INDEX personal_reads_by_age;
ALTER TABLE persons DROP COLUMN erased_at;
