//! Static bytes from actix with the server's own number of workers: below this no answer of such a server can cost.
//!
//! `floor FILE` serves the bytes of FILE at every path; the address is printed.

use std::io::Write as _;

use actix_web::http::header;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

fn main() -> std::io::Result<()> {
    let path = std::env::args().skip(1).find(|argument| argument != "--bench");
    let Some(path) = path else { return Err(std::io::Error::other("name the file whose bytes are served")) };
    let bytes = bytes::Bytes::from(std::fs::read(path)?);
    actix_web::rt::System::new().block_on(async move {
        let http = HttpServer::new(move || {
            App::new().app_data(web::Data::new(bytes.clone())).default_service(web::to(answer))
        });
        let http = http.workers(2).bind(("127.0.0.1", 0))?;
        for address in http.addrs() {
            writeln!(std::io::stdout(), "http://{address}")?;
        }
        http.run().await
    })
}

async fn answer(http: HttpRequest, bytes: web::Data<bytes::Bytes>) -> HttpResponse {
    if http.headers().contains_key(header::IF_NONE_MATCH) {
        return HttpResponse::NotModified().finish();
    }
    HttpResponse::Ok().content_type("application/json; charset=utf-8").body(bytes.get_ref().clone())
}
