DROP TABLE report_regimes;
DROP TABLE calendar_days;
