//! `GET /`: the dashboard.

use jiff::Timestamp;
use rocket::http::Status;
use rocket::http::uri::Origin;
use rocket::{State, get};

use super::asked::shown;
use super::html::{Failed, Html};
use crate::access::{Aggregates, Caller, PersonalData, Refusal};
use crate::dashboard::{Frequent, Overview, Shown};
use crate::observe::Chain;
use crate::reports::{Granularity, Order, Page, Span, Timeline, summary};
use crate::routes::counted::compared;
use crate::store::{SharedStore, Store, StoreError};

/// How many users are shown.
const USERS: u32 = 10;

/// Answers the page. Who may see users asks as one who does, so that the log has it: that guard is the first.
#[get("/")]
pub(super) async fn overview(
    personal: Result<PersonalData<'_>, Refusal>,
    access: Result<Aggregates<'_>, Refusal>,
    asked: &Origin<'_>,
    store: &State<SharedStore>,
) -> Result<Html, Failed> {
    let Aggregates(caller) = access?;
    let now = Timestamp::now();
    let (shown, faults) = shown(asked.query().map_or("", |query| query.as_str()), now);
    let status = if faults.is_empty() { Status::Ok } else { Status::BadRequest };
    let faults = faults.into_iter().map(|fault| format!("{}: {}", fault.parameter, fault.detail)).collect();
    let subject = match caller {
        Caller::Anybody => None,
        Caller::Known { subject, .. } => Some(subject.clone()),
    };
    let page = read(store.as_ref(), &shown, personal.is_ok(), now).await?;
    Ok(Html::new(status, "overview.html", &page.faults(faults).subject(subject))?)
}

async fn read(
    store: &dyn Store,
    shown: &Shown,
    personal: bool,
    now: Timestamp,
) -> Result<Overview, StoreError> {
    let days = Timeline::new(shown.days.clone(), Granularity::Day);
    let span = days.span();
    let (days, days_before) = compared(store, days, shown.compare).await?;
    let summary = summary(days.parts(), days_before.parts(), now);
    let timeline = Timeline::new(shown.days.clone(), shown.granularity());
    let before = days_before.within(timeline.before(shown.compare));
    let page = Overview::new(shown, days.within(timeline).parts(), &before.counts, &summary, now);
    Ok(page.frequent(frequent(store, span, personal).await))
}

/// A page without users is better than none.
async fn frequent(store: &dyn Store, span: Option<Span>, personal: bool) -> Frequent {
    if !personal {
        return Frequent::NotAllowed;
    }
    let page = Page { span, order: Order::Frequent { after: None }, limit: USERS };
    store.visitors(page).await.map_or_else(
        |error| {
            tracing::warn!(error = %Chain(&error), "the dashboard shows no users");
            Frequent::Unknown
        },
        Frequent::Users,
    )
}
