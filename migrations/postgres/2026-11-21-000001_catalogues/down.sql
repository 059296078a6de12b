DROP TABLE document_types;
DROP TABLE unit_kinds;
DROP TABLE levels;
