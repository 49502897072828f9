//! Rows with a place beside GraphQL: GeoJSON, tables and vector tiles, with the same runs, filters and audience.

mod kept;
mod rows;
mod wish;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use sha2::{Digest, Sha256};

pub use self::kept::KeptBodies;
use self::rows::{Format, Rows, with_age};
use self::wish::Wish;
use super::State;
use super::address::by_proxy;
use super::reply::{only_get, plain_error, refusal, request_id};
use crate::api::layers::layers;
use crate::error::{Error, Kind, Result, both};
use crate::graphql::errors;
use crate::graphql::language::Language;
use crate::keys::{Access, Scope};
use crate::run::layer::{Layer, tile};

/// The routes of this part.
pub fn routes(app: &mut web::ServiceConfig) {
    let only = |path: &str| web::resource(path).default_service(web::to(only_get));
    app.service(only("/features").route(web::get().to(list)))
        .service(only("/features/{layer}.provenance.json").route(web::get().to(provenance)))
        .service(only("/features/{layer}.{format}").route(web::get().to(features)))
        .service(only("/tiles/{layer}.json").route(web::get().to(tile_json)))
        .service(only("/tiles/{layer}/{z}/{x}/{y}.mvt").route(web::get().to(tiles)));
}

/// `/features`: every layer with its columns and addresses.
async fn list(http: HttpRequest) -> HttpResponse {
    let language = language(&http, None);
    let layers: Vec<_> = layers()
        .map(|layer| {
            let columns: Vec<_> = layer
                .columns
                .iter()
                .map(|c| serde_json::json!({"name": c.name, "title": language.pick(c.ko, c.en)}))
                .collect();
            serde_json::json!({
                "name": layer.name,
                "title": language.pick(layer.title_ko, layer.title_en),
                "columns": columns,
                "geojson": format!("/features/{}.geojson", layer.name),
                "csv": format!("/features/{}.csv", layer.name),
                "ndjson": format!("/features/{}.ndjson", layer.name),
                "provenance": format!("/features/{}.provenance.json", layer.name),
                "tilejson": format!("/tiles/{}.json", layer.name),
            })
        })
        .collect();
    HttpResponse::Ok()
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept-Language"))
        .json(serde_json::json!({"layers": layers}))
}

/// `/features/{layer}.geojson`, `.csv` and `.ndjson`: rows as they come from the database, page by page.
async fn features(http: HttpRequest, path: web::Path<(String, String)>, state: web::Data<State>) -> HttpResponse {
    let (name, format) = path.into_inner();
    answer(&http, async {
        let Some(format) = Format::named(&format) else { return Ok(not_found(&http)) };
        let Some((layer, wish)) = wish(&http, &state, &name).await? else { return Ok(not_found(&http)) };
        if let Some(same) = not_modified(&http, &wish) {
            return Ok(same);
        }
        let mut response = start(&wish);
        response.content_type(format.media_type());
        // What stands beside a table: where its rows come from, and what must be said with them.
        let beside = format!("</features/{name}.provenance.json?{}>; rel=\"describedby\"", http.query_string());
        response.insert_header((header::LINK, beside));
        if format == Format::Csv {
            response.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")));
        }
        if let Some(body) = state.kept_bodies.get(&wish.tag) {
            return Ok(response.body(wish.stale.map_or(body.clone(), |age| with_age(format, &body, age))));
        }
        in_touch(&wish)?;
        let tag = wish.tag.clone();
        let rows = Rows::begin(&state.db, layer, wish, format).await?;
        Ok(response.streaming(state.kept_bodies.keeping(tag, rows.stream())))
    })
    .await
}

/// `/features/{layer}.provenance.json`: the runs and files behind the rows.
async fn provenance(http: HttpRequest, layer: web::Path<String>, state: web::Data<State>) -> HttpResponse {
    answer(&http, async {
        let Some((layer, wish)) = wish(&http, &state, &layer).await? else { return Ok(not_found(&http)) };
        let title = wish.language.pick(layer.title_ko, layer.title_en);
        Ok(start(&wish).json(serde_json::json!({"layer": layer.name, "title": title, "provenance": wish.provenance})))
    })
    .await
}

/// `/tiles/{layer}.json`: TileJSON 3.0.0.
async fn tile_json(http: HttpRequest, layer: web::Path<String>, state: web::Data<State>) -> HttpResponse {
    answer(&http, async {
        let Some((layer, wish)) = wish(&http, &state, &layer).await? else { return Ok(not_found(&http)) };
        let fields: serde_json::Map<_, _> =
            layer.columns.iter().map(|c| (c.name.to_owned(), wish.language.pick(c.ko, c.en).into())).collect();
        let query = if http.query_string().is_empty() { String::new() } else { format!("?{}", http.query_string()) };
        let tiles = format!("{}/tiles/{}/{{z}}/{{x}}/{{y}}.mvt{query}", origin(&http, &state), layer.name);
        Ok(start(&wish).json(serde_json::json!({
            "tilejson": "3.0.0",
            "name": wish.language.pick(layer.title_ko, layer.title_en),
            "attribution": wish.attribution(),
            "tiles": [tiles],
            "minzoom": 0,
            "maxzoom": LARGEST_ZOOM,
            "vector_layers": [{"id": layer.name, "fields": fields}],
            "provenance": wish.provenance,
        })))
    })
    .await
}

/// Scheme and host as the client sees them. Somebody who is no named proxy could otherwise put an address of another
/// server into an answer that a shared cache keeps for everybody.
fn origin(http: &HttpRequest, state: &State) -> String {
    if by_proxy(http.peer_addr().map(|peer| peer.ip()), &state.settings.trusted_proxies) {
        let seen = http.connection_info();
        return format!("{}://{}", seen.scheme(), seen.host());
    }
    let host = http.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    format!("http://{}", host.unwrap_or("localhost"))
}

/// Beyond, a tile is smaller than a building.
const LARGEST_ZOOM: i32 = 20;

/// `/tiles/{layer}/{z}/{x}/{y}.mvt`: a Mapbox vector tile, empty where nothing is.
async fn tiles(
    http: HttpRequest,
    path: web::Path<(String, String, String, String)>,
    state: web::Data<State>,
) -> HttpResponse {
    answer(&http, async {
        let (name, z, x, y) = path.into_inner();
        // What is no number is no place on the map either.
        let number = |text: String| text.parse::<i32>().unwrap_or(-1);
        let (z, x, y) = (number(z), number(x), number(y));
        let most = 1_i32.checked_shl(u32::try_from(z).unwrap_or(32)).unwrap_or(0);
        if !(0..=LARGEST_ZOOM).contains(&z) || !(0..most).contains(&x) || !(0..most).contains(&y) {
            return Err(Error::bad_input(format!("z goes from 0 to {LARGEST_ZOOM}, x and y from 0 to 2^z - 1."))
                .in_korean(format!("z는 0~{LARGEST_ZOOM}, x와 y는 0~2^z-1이어야 합니다.")));
        }
        let Some((layer, wish)) = wish(&http, &state, &name).await? else { return Ok(not_found(&http)) };
        if let Some(same) = not_modified(&http, &wish) {
            return Ok(same);
        }
        let mut response = start(&wish);
        response.content_type("application/vnd.mapbox-vector-tile");
        if let Some(body) = state.kept_bodies.get(&wish.tag) {
            return Ok(response.body(body));
        }
        in_touch(&wish)?;
        let filter = wish.filter;
        let cut: Bytes = state.db.run(move |conn| tile(conn, layer, &filter, (z, x, y))).await?.into();
        state.kept_bodies.insert(&wish.tag, cut.clone());
        Ok(response.body(cut))
    })
    .await
}

async fn wish(http: &HttpRequest, state: &State, name: &str) -> Result<Option<(&'static Layer, Wish)>> {
    let Some(layer) = layers().find(|layer| layer.name == name) else { return Ok(None) };
    let internal = http.extensions().get::<Access>().is_some_and(|access| access.may(Scope::ReadInternal));
    let wish = Wish::read(http.query_string(), layer, &state.settings.district, |asked| language(http, asked))?;
    let (publication, stale) = match state.publications.current().await {
        Ok(publication) => (publication, None),
        // What is kept of the last publication is better than nothing, as long as it says how old it may be.
        Err(error) => {
            let away = matches!(error.kind(), Kind::Unavailable | Kind::Timeout | Kind::Busy);
            let last = state.publications.last().filter(|_| away).ok_or(error)?;
            (last.publication, Some(last.confirmed.elapsed().as_secs()))
        }
    };
    let mut digest = Sha256::new();
    for part in
        [http.path(), http.query_string(), wish.language.tag(), &publication.key, if internal { "i" } else { "p" }]
    {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest.finalize().get(..18).unwrap_or_default()));
    let has_key = http.extensions().get::<Access>().is_some_and(|access| access.key.is_some());
    let mut wish = wish.bind(layer, publication.catalog(internal), tag, has_key)?;
    wish.stale = stale;
    Ok(Some((layer, wish)))
}

/// Rows that are not kept need the database.
fn in_touch(wish: &Wish) -> Result<()> {
    match wish.stale {
        None => Ok(()),
        Some(age) => Err(Error::unavailable(format!("rows of a layer are not kept; the last contact was {age} s ago"))),
    }
}

fn language(http: &HttpRequest, asked: Option<Language>) -> Language {
    let header = http.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    asked.unwrap_or_else(|| Language::from_header(header))
}

fn start(wish: &Wish) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    headers(&mut response, wish);
    response
}

fn headers(response: &mut actix_web::HttpResponseBuilder, wish: &Wish) {
    response
        .insert_header((header::ETAG, wish.tag.as_str()))
        .insert_header((header::CONTENT_LANGUAGE, wish.language.tag()))
        .insert_header((header::VARY, "Accept-Language, Authorization"))
        .insert_header((header::CACHE_CONTROL, wish.cache_control()));
    if let Some(age) = wish.stale {
        response.insert_header((header::AGE, age)).insert_header((header::WARNING, "110 - \"Response is Stale\""));
    }
}

/// The rows follow from the address and from what is published, so the tag is known before any row is read.
fn not_modified(http: &HttpRequest, wish: &Wish) -> Option<HttpResponse> {
    let tags = http.headers().get(header::IF_NONE_MATCH)?.to_str().ok()?;
    let same = wish.stale.is_none()
        && tags.split(',').any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == wish.tag);
    same.then(|| {
        let mut response = HttpResponse::NotModified();
        headers(&mut response, wish);
        response.finish()
    })
}

async fn answer(http: &HttpRequest, work: impl Future<Output = Result<HttpResponse>>) -> HttpResponse {
    let error = match work.await {
        Ok(response) => return response,
        Err(error) => error,
    };
    let mut response = match error.kind() {
        Kind::BadInput | Kind::Misfit => HttpResponse::BadRequest(),
        Kind::Restricted => HttpResponse::Forbidden(),
        Kind::Unavailable | Kind::Busy => HttpResponse::ServiceUnavailable(),
        Kind::Timeout => HttpResponse::GatewayTimeout(),
        Kind::Internal => HttpResponse::InternalServerError(),
    };
    let id = request_id();
    if error.kind() != Kind::BadInput {
        tracing::warn!(request_id = id, error = error.for_log(), "rows of a layer were not sent");
    }
    if matches!(error.kind(), Kind::Unavailable | Kind::Busy) {
        response.insert_header((header::RETRY_AFTER, "1"));
    }
    let language = language(http, None);
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept-Language, Authorization"))
        .insert_header(("x-request-id", id))
        .json(plain_error(&errors::message(&error, language), errors::code(error.kind())))
}

fn not_found(http: &HttpRequest) -> HttpResponse {
    let said = both(
        "There is no such layer or format; /features lists the layers.",
        "그런 레이어나 형식이 없습니다. 레이어 목록은 /features에 있습니다.",
    );
    refusal(http.headers(), StatusCode::NOT_FOUND, "NOT_FOUND", &said)
}
