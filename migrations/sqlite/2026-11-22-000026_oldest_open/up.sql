-- SQLite has one writer: no transaction is open beside the one that reads.
SELECT 1;
