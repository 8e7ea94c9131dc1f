//! Bare actix-web that answers from memory: what HTTP alone costs, in a process of its own as the program is.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::{Context, ensure};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// What has the benchmark be this.
pub(crate) const COMMAND: &str = "bare";

/// What the announcement begins with; behind it stands the address.
pub(crate) const ANNOUNCEMENT: &str = "answering from memory on http://";

/// An answer that the program gave, to be given again as it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    /// Without parameters.
    pub(crate) path: String,
    pub(crate) status: u16,
    /// Without those that say how long it is and when it was given.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// Answers until it is stopped.
///
/// # Errors
///
/// When the file is no good, or no address is to be had.
pub(crate) async fn serve(file: &Path) -> anyhow::Result<()> {
    let recorded: Vec<Recorded> = serde_json::from_slice(&std::fs::read(file)?).context("the answers")?;
    ensure!(!recorded.is_empty(), "there is nothing to answer");
    let routes = recorded.into_iter().map(Route::new).collect::<anyhow::Result<Vec<_>>>()?;
    // As many workers as the program has by default, since neither says how many.
    let server = HttpServer::new(move || {
        routes.iter().fold(App::new(), |app, route| {
            let answer = Arc::clone(&route.answer);
            // It reads the body that comes along, as the program has to.
            let handler = move |_read: web::Bytes| {
                let answer = Arc::clone(&answer);
                async move { answer.give() }
            };
            app.route(&route.path, web::method(route.method.clone()).to(handler))
        })
    });
    let server = server.disable_signals().bind(("127.0.0.1", 0))?;
    let address = *server.addrs().first().context("no address")?;
    let running = server.run();
    println!("{ANNOUNCEMENT}{address}");
    Ok(running.await?)
}

#[derive(Clone)]
struct Route {
    method: Method,
    path: String,
    answer: Arc<Answer>,
}

struct Answer {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl Route {
    fn new(recorded: Recorded) -> anyhow::Result<Self> {
        let Recorded { method, path, status, headers, body } = recorded;
        let status = StatusCode::from_u16(status)?;
        let header = |(name, value): (String, String)| anyhow::Ok((name.try_into()?, value.try_into()?));
        let headers = headers.into_iter().map(header).collect::<anyhow::Result<Vec<_>>>()?;
        let answer = Arc::new(Answer { status, headers, body: body.into() });
        Ok(Self { method: Method::from_str(&method)?, path, answer })
    }
}

impl Answer {
    fn give(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        for (name, value) in &self.headers {
            response.append_header((name.clone(), value.clone()));
        }
        response.body(self.body.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_recorded_is_given_again() {
        let recorded = Recorded {
            method: "POST".into(),
            path: "/x".into(),
            status: 201,
            headers: vec![("etag".into(), "\"1\"".into())],
            body: "{}".into(),
        };
        let route = Route::new(recorded).unwrap();
        let response = route.answer.give();
        assert_eq!((response.status().as_u16(), route.method), (201, Method::POST));
        assert_eq!(response.headers().get("etag").unwrap(), "\"1\"");
        assert!(Route::new(Recorded { status: 1, ..recorded_nothing() }).is_err());
    }

    fn recorded_nothing() -> Recorded {
        let (method, path) = ("GET".into(), "/".into());
        Recorded { method, path, status: 200, headers: Vec::new(), body: String::new() }
    }
}
