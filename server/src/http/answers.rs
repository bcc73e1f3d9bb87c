//! What operations that are alike refuse alike, as the document tells it.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses, ToSchema as _,
    openapi::{Content, Ref, RefOr, Response, ResponseBuilder},
};
use wire::problem::Problem;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident { $($status:literal: $description:literal),+ $(,)? })*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                [$(($status.to_owned(), refusal($description))),+].into()
            }
        }
    )*};
}

refusals! {
    /// Of what asks for `CanRead`.
    ReadRefusals {
        "401": "Nobody is logged in",
        "403": "The token may not read",
    }
    /// Of what asks for `CanRate`.
    RateRefusals {
        "401": "Nobody is logged in",
        "403": "Not from our pages, or the token may not rate",
    }
    /// Of what asks for `CanWrite`.
    WriteRefusals {
        "401": "Nobody is logged in",
        "403": "Not from our pages, or the token may not write",
    }
    /// Of what asks for `Admin`.
    AdminRefusals {
        "401": "Nobody is logged in",
        "403": "Not an admin at one of our pages",
    }
    /// Of what is about one thing of the person's.
    NoneOfMine {
        "404": "There is none, or it is not yours",
    }
    /// Of what waits for news.
    Crowded {
        "429": "Too many requests of yours wait for news",
    }
    /// Of what has fields to get wrong.
    Invalid {
        "422": "A field is out of bounds",
    }
}

fn refusal(description: &str) -> RefOr<Response> {
    let problem = Ref::from_schema_name(Problem::name());
    ResponseBuilder::new()
        .description(description)
        .content("application/json", Content::new(Some(problem)))
        .build()
        .into()
}
