DROP TABLE duty_tasks;
DROP TABLE recurring_duties;
