//! Rows with a place beside GraphQL: GeoJSON, tables and vector tiles, with the same runs, filters and audience.

mod rows;
mod wish;

use actix_web::http::header;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use self::rows::{Format, Rows};
use self::wish::Wish;
use super::State;
use super::reply::{plain_error, request_id};
use crate::api::layers::layers;
use crate::error::{Error, Kind, Result};
use crate::graphql::errors;
use crate::graphql::language::Language;
use crate::keys::{Access, Scope};
use crate::run::layer::{Layer, tile};

/// The routes of this part.
pub fn routes(app: &mut web::ServiceConfig) {
    app.route("/features", web::get().to(list))
        .route("/features/{layer}.provenance.json", web::get().to(provenance))
        .route("/features/{layer}.{format}", web::get().to(features))
        .route("/tiles/{layer}.json", web::get().to(tile_json))
        .route("/tiles/{layer}/{z}/{x}/{y}.mvt", web::get().to(tiles));
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
        let Some(format) = Format::named(&format) else { return Ok(not_found()) };
        let Some((layer, wish)) = wish(&http, &state, &name).await? else { return Ok(not_found()) };
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
        Rows::begin(&state.db, layer, wish, format).await.map(|rows| response.streaming(rows.stream()))
    })
    .await
}

/// `/features/{layer}.provenance.json`: the runs and files behind the rows.
async fn provenance(http: HttpRequest, layer: web::Path<String>, state: web::Data<State>) -> HttpResponse {
    answer(&http, async {
        let Some((layer, wish)) = wish(&http, &state, &layer).await? else { return Ok(not_found()) };
        let title = wish.language.pick(layer.title_ko, layer.title_en);
        Ok(start(&wish).json(serde_json::json!({"layer": layer.name, "title": title, "provenance": wish.provenance})))
    })
    .await
}

/// `/tiles/{layer}.json`: TileJSON 3.0.0.
async fn tile_json(http: HttpRequest, layer: web::Path<String>, state: web::Data<State>) -> HttpResponse {
    answer(&http, async {
        let Some((layer, wish)) = wish(&http, &state, &layer).await? else { return Ok(not_found()) };
        let fields: serde_json::Map<_, _> =
            layer.columns.iter().map(|c| (c.name.to_owned(), wish.language.pick(c.ko, c.en).into())).collect();
        let address = http.connection_info();
        let query = if http.query_string().is_empty() { String::new() } else { format!("?{}", http.query_string()) };
        let tiles =
            format!("{}://{}/tiles/{}/{{z}}/{{x}}/{{y}}.mvt{query}", address.scheme(), address.host(), layer.name);
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

/// Beyond, a tile is smaller than a building.
const LARGEST_ZOOM: i32 = 20;

/// `/tiles/{layer}/{z}/{x}/{y}.mvt`: a Mapbox vector tile, empty where nothing is.
async fn tiles(http: HttpRequest, path: web::Path<(String, i32, i32, i32)>, state: web::Data<State>) -> HttpResponse {
    answer(&http, async {
        let (name, z, x, y) = path.into_inner();
        let most = 1_i32.checked_shl(u32::try_from(z).unwrap_or(32)).unwrap_or(0);
        if !(0..=LARGEST_ZOOM).contains(&z) || !(0..most).contains(&x) || !(0..most).contains(&y) {
            return Err(Error::bad_input(format!("z goes from 0 to {LARGEST_ZOOM}, x and y from 0 to 2^z - 1."))
                .in_korean(format!("z는 0~{LARGEST_ZOOM}, x와 y는 0~2^z-1이어야 합니다.")));
        }
        let Some((layer, wish)) = wish(&http, &state, &name).await? else { return Ok(not_found()) };
        if let Some(same) = not_modified(&http, &wish) {
            return Ok(same);
        }
        let mut response = start(&wish);
        let filter = wish.filter;
        let bytes = state.db.run(move |conn| tile(conn, layer, &filter, (z, x, y))).await?;
        Ok(response.content_type("application/vnd.mapbox-vector-tile").body(bytes))
    })
    .await
}

async fn wish(http: &HttpRequest, state: &State, name: &str) -> Result<Option<(&'static Layer, Wish)>> {
    let Some(layer) = layers().find(|layer| layer.name == name) else { return Ok(None) };
    let internal = http.extensions().get::<Access>().is_some_and(|access| access.may(Scope::ReadInternal));
    let wish = Wish::read(http.query_string(), layer, &state.settings.district, |asked| language(http, asked))?;
    let publication = state.publications.current().await?;
    let mut digest = Sha256::new();
    for part in
        [http.path(), http.query_string(), wish.language.tag(), &publication.key, if internal { "i" } else { "p" }]
    {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest.finalize().get(..18).unwrap_or_default()));
    let has_key = http.extensions().get::<Access>().is_some_and(|access| access.key.is_some());
    Ok(Some((layer, wish.bind(layer, publication.catalog(internal), tag, has_key)?)))
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
}

/// The rows follow from the address and from what is published, so the tag is known before any row is read.
fn not_modified(http: &HttpRequest, wish: &Wish) -> Option<HttpResponse> {
    let tags = http.headers().get(header::IF_NONE_MATCH)?.to_str().ok()?;
    let same = tags.split(',').any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == wish.tag);
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
        Kind::BadInput => HttpResponse::BadRequest(),
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
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-request-id", id))
        .json(plain_error(&errors::message(&error, language(http, None)), errors::code(error.kind())))
}

fn not_found() -> HttpResponse {
    HttpResponse::NotFound().json(plain_error(
        "There is no such layer, or nothing of it is published yet; /features lists the layers.",
        "NOT_FOUND",
    ))
}
