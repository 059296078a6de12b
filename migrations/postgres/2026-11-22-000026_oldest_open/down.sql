DROP FUNCTION oldest_open;
