DROP TABLE org_unit_external_ids;
DROP TABLE org_unit_relations;
DROP TABLE org_unit_versions;
DROP TABLE org_units;
