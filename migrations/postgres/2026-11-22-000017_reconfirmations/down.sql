DROP TABLE reconfirmations;
