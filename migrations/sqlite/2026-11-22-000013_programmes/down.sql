DROP TABLE programme_adoptions;
DROP TABLE adoption_rules;
DROP TABLE programme_versions;
DROP TABLE programme_comments;
DROP TABLE programme_item_links;
DROP TABLE programme_items;
DROP TABLE programme_parents;
DROP TABLE programmes;
