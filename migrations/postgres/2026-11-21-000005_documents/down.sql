DROP TABLE document_relations;
DROP TABLE document_contents;
DROP TABLE documents;
DROP TABLE terms;
