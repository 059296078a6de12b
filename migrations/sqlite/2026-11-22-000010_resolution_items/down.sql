DROP TABLE resolution_item_versions;
DROP TABLE resolution_items;
