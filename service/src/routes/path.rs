//! Paths to the letter: Rocket takes `/health_check/` for `/health_check`, old clients do not.

use rocket::async_trait;
use rocket::data::Data;
use rocket::http::Status;
use rocket::http::uri::Origin;
use rocket::request::Request;
use rocket::route::{Handler, Outcome, Route};

/// The same route, without the path that ends in a slash.
pub(super) fn exact(mut route: Route) -> Route {
    route.handler = Box::new(Exact(route.handler));
    route
}

fn ends_in_slash(uri: &Origin<'_>) -> bool {
    uri.path().ends_with('/') && uri.path() != "/"
}

#[derive(Clone)]
struct Exact(Box<dyn Handler>);

#[async_trait]
impl Handler for Exact {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        if ends_in_slash(request.uri()) {
            return Outcome::forward(data, Status::NotFound);
        }
        self.0.handle(request, data).await
    }
}
