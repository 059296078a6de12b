//! The one test binary: every test of the service that needs a database or a running app.
