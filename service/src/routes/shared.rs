//! A JSON answer whose bytes many requests share.

use std::io::Cursor;

use rocket::http::ContentType;
use rocket::request::Request;
use rocket::response::{self, Responder, Response};

use crate::store::Answer;

/// Of a long answer, so much is handed on at a time.
const CHUNK: usize = 64 * 1024;

/// The bytes as they are; none is copied but on its way into the connection.
pub(super) struct SharedJson(pub(super) Answer);

impl<'r> Responder<'r, 'static> for SharedJson {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let length = self.0.as_ref().len();
        Response::build()
            .header(ContentType::JSON)
            .sized_body(length, Cursor::new(self.0))
            .max_chunk_size(CHUNK)
            .ok()
    }
}
