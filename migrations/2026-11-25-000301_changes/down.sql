DROP SCHEMA personal CASCADE;
DROP TABLE change_answer;
