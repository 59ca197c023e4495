//! The dashboard, on both databases: its bytes, without a browser. `cargo xtask dashboard` looks at it with one.

use crate::harness::{Answer, Backend, Program, SECRET, exchange, token};

/// Two days of visits, of users with and without a name.
const ROWS: &str = "
    INSERT INTO users (id, first_name, last_name, joined_at) VALUES
        (1, 'Ada', '<script>alert(1)</script>', '2023-01-01'), (2, 'Bo', '\"&', '2023-01-01');
    INSERT INTO tokens (user_id, token, created_at, used_at) VALUES
        (1, 'a', '2023-02-07 10:00:00', '2023-02-08'), (1, 'b', '2023-02-07 11:00:00', '2023-02-08'),
        (2, 'c', '2023-02-08 10:00:00', '2023-02-08'), (7, 'd', '2023-02-08 10:00:00', NULL),
        (2, 'e', '2023-02-05 10:00:00', '2023-02-08');";

const RANGE: &str = "/?from=2023-02-07&last=2023-02-08";

/// The page, which must be one and be safe.
fn page(answer: &Answer) -> &str {
    assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"), "{answer:?}");
    let policy = answer.header("Content-Security-Policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
    for (name, value) in [
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value));
    }
    // What the policy forbids would be seen by nobody.
    for word in ["<script", " style=", "onclick", "http:", "https:", "NaN", "inf\""] {
        assert!(!answer.body.replace("http://www.w3.org/2000/svg", "").contains(word), "{word}");
    }
    &answer.body
}

#[test]
fn shows_a_range() {
    for backend in Backend::ALL {
        let fixture = backend.with(ROWS);
        let answer = fixture.program.get(RANGE);
        let page = page(&answer);
        assert_eq!(answer.status, 200, "{backend:?}");
        for text in [
            "<title>7 February 2023 to 8 February 2023",
            "<dd class=\"value\">3</dd>",
            "<span aria-hidden=\"true\">▲</span> 200 % more than in the 2 days before",
            "<title>Tue 7 Feb 2023: 2 visits, 1 before</title>",
            "Ada &lt;script&gt;alert(1)&lt;",
            "Bo &quot;&amp;",
            "User 7, who is gone",
            "<th scope=\"row\">Tue 7 Feb 2023</th><td class=\"number\">2</td><td class=\"number\">2</td><td class=\"number\">1</td>",
            "href=\"/api/v1/reports/daily-usage?from=2023-02-07&amp;to=2023-02-09&amp;granularity=day&amp;tz=UTC&amp;compare=previous_period&amp;format=csv\"",
        ] {
            assert!(page.contains(text), "{backend:?} {text} {page}");
        }
        assert!(!page.contains("rect class=\"bar unfinished\""));
        let csv = page.split("<p class=\"csv\"><a href=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(fixture.program.get(&csv.replace("&amp;", "&")).status, 200);
    }
}

#[test]
fn links_lead_to_what_they_say() {
    let fixture = Backend::Sqlite.with(ROWS);
    let answer = fixture.program.get("/?range=90d&tz=Asia/Tokyo&compare=previous_year");
    let presets =
        page(&answer).split("<ul class=\"presets\">").nth(1).unwrap().split("</ul>").next().unwrap();
    let links: Vec<&str> =
        presets.split("href=\"").skip(1).map(|link| link.split('"').next().unwrap()).collect();
    assert_eq!(links.len(), 4);
    for link in links {
        let link = link.replace("&amp;", "&");
        let other = fixture.program.get(&link);
        assert!(
            page(&other).contains(&format!("href=\"{}\" aria-current", link.replace('&', "&amp;"))),
            "{link}"
        );
        assert!(other.body.contains("Days in Asia/Tokyo"));
    }
}

#[test]
fn today_is_not_over() {
    for backend in Backend::ALL {
        let fixture = backend.with("");
        fixture.run("INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, 'a', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");
        let answer = fixture.program.get("/");
        let page = page(&answer);
        assert!(page.contains("1 visit so far, 0 before</title>"), "{backend:?} {page}");
        assert!(page.contains("rect class=\"bar unfinished\"") && page.contains("not over yet"));
    }
}

#[test]
fn any_amount_is_shown() {
    for backend in Backend::ALL {
        let empty = backend.with("");
        let answer = empty.program.get("/");
        assert!(page(&answer).contains("No token was made in this range"), "{backend:?}");
        let fixture = backend.with(ROWS);
        for query in [
            "from=2023-02-07&last=2023-02-07",
            "from=2014-02-10&last=2024-02-16",
            "from=2023-01-01&last=2023-12-31&compare=previous_year&tz=America/Havana",
            "from=9999-12-01&last=9999-12-31",
            "from=0001-01-01&last=0001-01-03&tz=Pacific/Kiritimati",
        ] {
            let answer = fixture.program.get(&format!("/?{query}"));
            assert_eq!(answer.status, 200, "{backend:?} {query}");
            page(&answer);
        }
    }
}

#[test]
fn what_cannot_be_shown_is_told() {
    let fixture = Backend::Sqlite.with(ROWS);
    let answer = fixture.program.get("/?from=2023-02-08&last=2023-02-07&tz=%3Cscript%3E");
    assert_eq!(answer.status, 400);
    let page = page(&answer);
    assert!(page.contains("role=\"alert\"") && page.contains("it is after the last day"), "{page}");
    assert!(page.contains("&lt;script&gt;"));
    assert_eq!(fixture.program.get("/?utm_source=x&from=&last=").status, 200);
}

#[test]
fn a_database_that_fails_is_a_page() {
    // Of the embedded database, any change of the schema puts the roll-ups in doubt, and this backend insists on them.
    for backend in Backend::ALL.into_iter().filter(|backend| !matches!(backend, Backend::SqliteRolledUp)) {
        let fixture = backend.with(ROWS);
        fixture.run("ALTER TABLE tokens RENAME TO passes");
        let answer = fixture.program.get(RANGE);
        assert_eq!(answer.status, 500, "{backend:?}");
        assert!(page(&answer).contains("There are no figures now"));
        assert!(answer.body.contains(answer.header("X-Request-Id").unwrap()));
        // The users alone: the rest is there.
        fixture.run("ALTER TABLE passes RENAME TO tokens; ALTER TABLE users RENAME TO people");
        let answer = fixture.program.get(RANGE);
        assert_eq!(answer.status, 200, "{backend:?}");
        assert!(page(&answer).contains("The database did not tell them in time"));
    }
}

#[test]
fn the_stylesheet_is_kept_for_good() {
    let program = Backend::Sqlite.with("").program;
    let answer = program.get("/");
    let path =
        page(&answer).split("<link rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let style = program.get(path);
    assert_eq!((style.status, style.header("Content-Type")), (200, Some("text/css; charset=utf-8")));
    assert_eq!(style.header("Cache-Control"), Some("public, max-age=31536000, immutable"));
    assert!(!style.body.contains("url(") && !style.body.contains("@import"));
    assert_eq!(program.get("/assets/dashboard.0123.css").status, 404);
}

#[test]
fn other_methods_are_refused() {
    let program = Backend::Sqlite.with("").program;
    for (path, methods, allow) in [
        ("/", ["POST", "PUT", "FOO"], "GET, HEAD, OPTIONS"),
        ("/sign-in", ["GET", "HEAD", "FOO"], "POST, OPTIONS"),
        ("/sign-out", ["GET", "DELETE", "FOO"], "POST, OPTIONS"),
    ] {
        for method in methods {
            let answer = program.send(method, path, "");
            assert_eq!((answer.status, answer.header("Allow")), (405, Some(allow)), "{method} {path}");
        }
        assert_eq!(program.send("OPTIONS", path, "").header("Allow"), Some(allow));
    }
    assert_eq!(program.send("HEAD", "/", "").status, 200);
}

fn guarded(folder: &std::path::Path) -> Program {
    let variables = [("AUTH_MODE", "jwt".to_owned()), ("SHARED_JWT_SECRET", SECRET.to_owned())];
    Program::start(folder, &variables)
}

fn post(program: &Program, path: &str, headers: &str, form: &str) -> Answer {
    let head = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}");
    let kind = "Content-Type: application/x-www-form-urlencoded";
    exchange(program.port, &format!("{head}{kind}\r\nContent-Length: {}\r\n\r\n{form}", form.len()))
}

#[test]
fn one_signs_in_and_out() {
    let folder = tempfile::tempdir().unwrap();
    let program = guarded(folder.path());
    let answer = program.get("/");
    assert_eq!(answer.status, 401);
    assert!(page(&answer).contains("<form class=\"sign-in\" method=\"post\" action=\"/sign-in\">"));
    assert!(!answer.body.contains("role=\"alert\""));

    let signed = post(&program, "/sign-in", "", &format!("token={}", token(SECRET, "a<b>", &["admin"])));
    assert_eq!((signed.status, signed.header("Location")), (303, Some("/")));
    let cookie = signed.header("Set-Cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Max-Age"), "{cookie}");
    let cookie = format!("Cookie: {}\r\n", cookie.split(';').next().unwrap());
    let answer = program.send("GET", "/", &cookie);
    assert_eq!(answer.status, 200);
    let shown = page(&answer);
    assert!(
        shown.contains("Signed in as <strong>a&lt;b&gt;</strong>") && shown.contains("Most frequent users")
    );
    assert_eq!(program.send("GET", "/api/v1/reports/user-visits", &cookie).status, 200);

    let out = post(&program, "/sign-out", &cookie, "");
    assert_eq!((out.status, out.header("Location")), (303, Some("/")));
    assert!(out.header("Set-Cookie").unwrap().contains("Max-Age=0"), "{out:?}");
}

#[test]
fn one_sees_what_ones_role_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let program = guarded(folder.path());
    for (roles, status, told) in [
        (&["analyst"][..], 200, "All numbers"),
        (&["ops"], 403, "This needs a token with the role `analyst`."),
    ] {
        let cookie = format!("Cookie: coworking_session={}\r\n", token(SECRET, "ada", roles));
        let answer = program.send("GET", "/", &cookie);
        assert_eq!(answer.status, status);
        assert!(page(&answer).contains(told), "{}", answer.body);
        assert!(!answer.body.contains("Most frequent users"));
    }
    let answer = program.send("GET", "/", "Cookie: coworking_session=nonsense\r\n");
    assert_eq!(answer.status, 401);
    assert!(page(&answer).contains("role=\"alert\""));
}

#[test]
fn a_form_of_another_site_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let program = guarded(folder.path());
    let form = format!("token={}", token(SECRET, "mallory", &["admin"]));
    for site in ["cross-site", "same-site"] {
        for path in ["/sign-in", "/sign-out"] {
            let answer = post(&program, path, &format!("Sec-Fetch-Site: {site}\r\n"), &form);
            assert_eq!((answer.status, answer.header("Set-Cookie")), (403, None), "{path}");
        }
    }
    let secure =
        post(&program, "/sign-in", "Sec-Fetch-Site: same-origin\r\nX-Forwarded-Proto: https\r\n", &form);
    assert!(secure.header("Set-Cookie").unwrap().contains("Secure"));
    for form in ["", "token=", "other=1", &format!("token={}", "a".repeat(9000))] {
        let answer = post(&program, "/sign-in", "", form);
        assert_eq!((answer.status, answer.header("Set-Cookie")), (401, None));
    }
}
