//! Secrets are nowhere to be seen: not in the log, whatever its level, not in an answer, not in a number.

use std::fs;

use service_settings::METRICS_PATH;

use crate::harness::{Database, Program, TABLES, exchange, token};

/// Asks for everything in every wrong way, and gives what was answered.
fn everything(program: &Program, good: &str, wrong: &str) -> String {
    let mut seen = String::new();
    let paths = ["/health_check", "/readiness_check", "/api/reports/daily_usage", "/api/reports/user_visits"];
    for path in paths.into_iter().chain([METRICS_PATH, "/nope", "/openapi.json", "/api/v1/reports/summary"]) {
        for token in ["", good, wrong] {
            for headers in [
                format!("Authorization: Bearer {token}\r\n"),
                format!("Cookie: coworking_session={token}\r\n"),
            ] {
                seen += &format!("{:?}", program.send("GET", path, &headers));
            }
        }
        seen += &format!("{:?}", program.get(&format!("{path}?token={good}&password={wrong}&from=1")));
    }
    // Cut in the middle of a token, and not to be read at all.
    seen += &format!(
        "{:?}",
        exchange(program.port, &format!("GET / HTTP/9\r\nAuthorization: Bearer {good}\r\n\r\n"))
    );
    seen
}

#[test]
fn no_canary_sings() {
    let database = Database::new();
    database.run(TABLES);
    for (count, password) in ["0123-canary", "true-canary", r"p@ s'\%41-canary"].into_iter().enumerate() {
        for from_file in [false, true] {
            let username = format!("{}_reader_{count}_{from_file}", database.name);
            let quoted = password.replace('\'', "''");
            database.run(&format!("CREATE ROLE \"{username}\" LOGIN PASSWORD '{quoted}'"));
            database.run(&format!("GRANT SELECT ON users, tokens TO \"{username}\""));
            let folder = tempfile::tempdir().unwrap();
            let secret = format!("{password} and so on, for thirty-two bytes");
            let previous = format!("previous {password} and so on, for thirty-two bytes");
            let mut variables = database.variables_of(&username, password);
            variables.extend([("AUTH_MODE", "jwt".to_owned()), ("LOG_LEVEL", "trace".to_owned())]);
            variables.push(("SHARED_JWT_SECRET", secret.clone()));
            variables.push(("SHARED_JWT_SECRET_PREVIOUS", previous));
            if from_file {
                for name in ["DB_PASSWORD", "SHARED_JWT_SECRET", "SHARED_JWT_SECRET_PREVIOUS"] {
                    let place = variables.iter().position(|(known, _)| *known == name).unwrap();
                    let file = folder.path().join(name);
                    fs::write(&file, &variables[place].1).unwrap();
                    let name = match name {
                        "DB_PASSWORD" => "DB_PASSWORD_FILE",
                        "SHARED_JWT_SECRET" => "SHARED_JWT_SECRET_FILE",
                        _ => "SHARED_JWT_SECRET_PREVIOUS_FILE",
                    };
                    variables[place] = (name, file.to_str().unwrap().to_owned());
                }
            }
            let mut program = Program::start(folder.path(), &variables);
            let good = token(&secret, "ada", &["admin", "ops"]);
            let wrong = token("another secret of thirty-two bytes, a canary", "ada", &["admin"]);
            let headers = format!("Authorization: Bearer {good}\r\n");
            assert_eq!(program.send("GET", "/api/reports/user_visits", &headers).status, 200);
            let mut seen = everything(&program, &good, &wrong);
            // The database refuses from here on, and says why.
            database.run(&format!("REVOKE SELECT ON users, tokens FROM \"{username}\""));
            seen += &everything(&program, &good, &wrong);
            program.terminate();
            program.wait();
            seen += &program.seen.join("\n");
            assert!(seen.contains("permission denied"), "the database's own words are seen");
            let signature = |token: &str| token.rsplit('.').next().unwrap().to_owned();
            for secret in [password, "canary", &signature(&good), &signature(&wrong), &good] {
                let place = seen.find(secret).map(|at| &seen[at.saturating_sub(200)..at]);
                assert_eq!(place, None, "{secret}");
            }
        }
    }
}
