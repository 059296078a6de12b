DROP TABLE receipts;
DROP TABLE dispatch_deadlines;
DROP TABLE dispatches;
