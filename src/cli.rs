//! The commands of the binary.

use crate::{
    app::{openapi, serve},
    audit,
    auth::password,
    clock::Clock,
    config::{DatabaseArgs, KeyArgs, ServeArgs},
    db::{self, Db, DbConfig, FileLock},
    demo,
    error::{Error, Result},
    http::fields::Day,
    people,
    policy::Role,
};
use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Đưa nghị quyết vào cuộc sống: follows resolutions from their issue to the last branch.
#[derive(Debug, Parser)]
#[command(name = "tiendo", version, about)]
pub struct Cli {
    /// Without a command the demo starts.
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the service; migrations are applied first.
    Serve(ServeCommand),
    /// The same on a fresh demo database: the articles' districts on 15 October 2023.
    Demo(DemoCommand),
    /// Apply migrations and stop.
    Migrate(DatabaseArgs),
    /// Print the OpenAPI document.
    Openapi,
    /// Manage accounts from the command line.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Prove that the log is what it was.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Write a consistent copy of the database while it serves (SQLite).
    Backup {
        #[command(flatten)]
        database: DatabaseArgs,
        file: PathBuf,
    },
    /// Put a copy back in place of the database (SQLite); the service must be stopped.
    Restore {
        #[command(flatten)]
        database: DatabaseArgs,
        file: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct ServeCommand {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Debug, clap::Args)]
struct DemoCommand {
    /// The demo's database; the default one is made anew at each start, any other must be empty.
    #[arg(long, env = "TIENDO_DEMO_DATABASE_URL", default_value = DEMO_URL, hide_env_values = true)]
    database_url: String,
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    serve: ServeArgs,
    /// The business day.
    #[arg(long, default_value = demo::TODAY, value_parser = day)]
    today: NaiveDate,
}

/// Where the demo lives unless told otherwise.
const DEMO_URL: &str = "sqlite://data/demo.db";

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Make an account with one assignment; without --unit (role admin only) it administers the whole instance.
    Create(UserCreate),
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Check the chain of events, beside a running service; findings go to standard error.
    Verify(AuditVerify),
}

#[derive(Debug, clap::Args)]
struct AuditVerify {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    key: KeyArgs,
    /// A signed head that was kept elsewhere, or a file of them; may be repeated.
    #[arg(long, value_name = "FILE or JWS")]
    head: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct UserCreate {
    #[command(flatten)]
    database: DatabaseArgs,
    #[arg(long)]
    username: String,
    #[arg(long)]
    role: String,
    /// Code of the unit.
    #[arg(long)]
    unit: Option<String>,
    /// Name to show; default: the user name.
    #[arg(long)]
    display_name: Option<String>,
    /// Read the password from standard input (the only way: a flag would stay in the shell's history).
    #[arg(long, required = true)]
    password_stdin: bool,
}

/// Runs a command.
pub fn run(cli: Cli) -> Result<()> {
    match cli.command {
        None => run(Cli::parse_from(["tiendo", "demo"])),
        Some(Command::Demo(command)) => run_demo(&command),
        Some(Command::Serve(command)) => run_serve(&command),
        Some(Command::Migrate(database)) => run_migrate(&database),
        Some(Command::Openapi) => {
            print!("{}", openapi::DOCUMENT);
            Ok(())
        }
        Some(Command::User { command: UserCommand::Create(user) }) => create_user(user),
        Some(Command::Audit { command: AuditCommand::Verify(check) }) => {
            audit::command_line::run(&check.database.database_url, &check.key.key_file, &check.head)
        }
        Some(Command::Backup { database, file }) => db::backup(&database.database_url, &file),
        Some(Command::Restore { database, file }) => db::restore(&database.database_url, &file),
    }
}

/// An error as one clear line for standard error.
pub fn one_line(error: &Error) -> String {
    match &error.cause {
        Some(cause) => cause.replace('\n', " "),
        None => error.to_string().replace('\n', " "),
    }
}

fn run_serve(command: &ServeCommand) -> Result<()> {
    start_log(command.serve.settings.log_json);
    let url = &command.database.database_url;
    let _lock = FileLock::acquire(url)?;
    db::migrate::run(url)?;
    let (replica, settings) = (command.serve.replica_url.clone(), command.serve.settings.clone());
    let shared = serve::open(url, replica, &command.key.key_file, Clock::real(), settings)?;
    actix_web::rt::System::new().block_on(serve::serve(shared, &command.serve, |address| {
        log::info!("listening on http://{address}");
    }))
}

fn run_demo(command: &DemoCommand) -> Result<()> {
    start_log(command.serve.settings.log_json);
    let url = &command.database_url;
    let _lock = FileLock::acquire(url)?;
    if url == DEMO_URL {
        db::remove(url)?;
    }
    db::migrate::run(url)?;
    let clock = Clock::real();
    clock.set_today(command.today);
    let (replica, settings) = (command.serve.replica_url.clone(), command.serve.settings.clone());
    let shared = serve::open(url, replica, &command.key.key_file, clock.clone(), settings)?;
    actix_web::rt::System::new().block_on(async {
        demo::load(&shared.gate.db, &clock).await?;
        serve::serve(shared, &command.serve, |address| println!("{}", demo::welcome(address))).await
    })
}

fn run_migrate(database: &DatabaseArgs) -> Result<()> {
    let _lock = FileLock::acquire(&database.database_url)?;
    let applied = db::migrate::run(&database.database_url)?;
    println!("{applied} migrations applied");
    Ok(())
}

/// The log goes to standard error; `RUST_LOG` narrows or widens it.
fn start_log(json: bool) {
    let mut log = env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("info"));
    if json {
        log.format(|out, record| {
            use std::io::Write;
            let message = record.args().to_string();
            let body: serde_json::Value = serde_json::from_str(&message).unwrap_or_else(|_| message.into());
            let line = serde_json::json!({
                "at": Clock::real().system(), "level": record.level().as_str(), "target": record.target(), "message": body,
            });
            writeln!(out, "{line}")
        });
    }
    // A second logger in one process (tests) is no error.
    let _ = log.try_init();
}

fn create_user(user: UserCreate) -> Result<()> {
    let mut password = String::new();
    std::io::stdin().read_line(&mut password).map_err(Error::internal)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let length = password.chars().count();
    if !(8..=128).contains(&length) {
        return Err(Error::internal("the password must have 8 to 128 characters"));
    }
    let role: Role = user.role.parse().map_err(|()| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        Error::internal(format!("unknown role {}; use one of {}", user.role, known.join(", ")))
    })?;
    if user.unit.is_none() && role != Role::Admin {
        return Err(Error::internal("only the role admin may do without --unit"));
    }
    password::check_strength(&password, &user.username, "/password")?;
    let hash = password::hash_now(&password)?;
    // An empty database gets its first account here, before anything has served it.
    db::migrate::run(&user.database.database_url)?;
    let mut config = DbConfig::new(&user.database.database_url);
    config.readers = 1;
    let first = people::command_line::NewAccount {
        display_name: user.display_name.unwrap_or_else(|| user.username.clone()),
        username: user.username,
        password_hash: hash,
        role,
        unit_code: user.unit,
    };
    actix_web::rt::System::new().block_on(async move {
        let db = Db::open(config)?;
        let made = db.write(move |conn| people::command_line::create(conn, &Clock::real(), first)).await;
        db.close().await;
        made
    })
}

fn day(text: &str) -> std::result::Result<NaiveDate, String> {
    text.parse::<Day>().map(|day| day.0).map_err(|_| "a day is written YYYY-MM-DD, from 1900 to 2199".into())
}
