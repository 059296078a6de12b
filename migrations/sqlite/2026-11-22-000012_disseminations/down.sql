DROP TABLE dissemination_verifications;
DROP TABLE study_checks;
DROP TABLE dissemination_completions;
DROP TABLE dissemination_session_versions;
DROP TABLE dissemination_sessions;
DROP TABLE dissemination_holders;
DROP TABLE dissemination_plans;
DROP TABLE disseminations;
