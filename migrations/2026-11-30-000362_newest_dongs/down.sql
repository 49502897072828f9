DROP FUNCTION newest_dongs;
