DROP TABLE sessions;
DROP TABLE assignments;
DROP TABLE users;
