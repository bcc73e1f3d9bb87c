//! The access token: ten minutes' proof of a session, signed and never stored.
//!
//! It says no role and no name, since either may change within ten minutes.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use wire::ids::{ArtistId, SessionId};

use crate::keys::Keys;

/// How long one proves something.
pub const ACCESS_LIFETIME: Duration = Duration::minutes(10);

/// How far the clocks of two replicas may stand apart.
const CLOCK_SKEW_S: i64 = 30;
/// RFC 9068's type: a token of any other kind that we may ever sign is not an access token.
const TYPE: &str = "at+jwt";
const ISSUER: &str = "atelier";
const AUDIENCE: &str = "atelier-api";

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: ArtistId,
    sid: SessionId,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// Signs one.
pub fn mint(
    keys: &Keys,
    artist: ArtistId,
    session: SessionId,
    now: OffsetDateTime,
) -> anyhow::Result<String> {
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(TYPE.into());
    let issued = now.unix_timestamp();
    let claims = Claims {
        iss: ISSUER.into(),
        aud: AUDIENCE.into(),
        sub: artist,
        sid: session,
        iat: issued,
        nbf: issued,
        exp: issued + ACCESS_LIFETIME.whole_seconds(),
    };
    Ok(jsonwebtoken::encode(
        &header,
        &claims,
        &EncodingKey::from_secret(&keys.access),
    )?)
}

/// Reads one, or `None` if it proves nothing. Times are compared with our own clock, which tests
/// can move.
pub fn verify(keys: &Keys, token: &str, now: OffsetDateTime) -> Option<(ArtistId, SessionId)> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    rules.set_required_spec_claims(&["iss", "aud", "sub", "nbf", "exp"]);
    rules.validate_exp = false;
    let key = DecodingKey::from_secret(&keys.access);
    let token = jsonwebtoken::decode::<Claims>(token, &key, &rules).ok()?;
    let Claims {
        sub, sid, nbf, exp, ..
    } = token.claims;
    let now = now.unix_timestamp();
    let is_access = token.header.typ.as_deref() == Some(TYPE);
    let is_timely = nbf - CLOCK_SKEW_S <= now && now < exp;
    (is_access && is_timely).then_some((sub, sid))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::clock::Clock;

    const ANA: ArtistId = ArtistId(Uuid::from_u128(1));
    const LAPTOP: SessionId = SessionId(Uuid::from_u128(2));

    fn keys() -> Keys {
        Keys::from_secret(&[7; 32]).unwrap()
    }

    /// A token that is right but for what the test changes.
    fn forge(alter: impl Fn(&mut Header, &mut Value), key: &[u8]) -> String {
        let now = Clock::test().now().unix_timestamp();
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some("at+jwt".into());
        let mut claims = json!({
            "iss": "atelier", "aud": "atelier-api", "sub": ANA, "sid": LAPTOP,
            "iat": now, "nbf": now, "exp": now + 600,
        });
        alter(&mut header, &mut claims);
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(key)).unwrap()
    }

    #[track_caller]
    fn check(refused: bool, alter: impl Fn(&mut Header, &mut Value)) {
        let token = forge(alter, &keys().access);
        let read = verify(&keys(), &token, Clock::test().now());
        assert_eq!(read, (!refused).then_some((ANA, LAPTOP)));
    }

    #[test]
    fn it_proves_a_session_for_ten_minutes() {
        let clock = Clock::test();
        let token = mint(&keys(), ANA, LAPTOP, clock.now()).unwrap();
        assert_eq!(verify(&keys(), &token, clock.now()), Some((ANA, LAPTOP)));
        clock.advance(ACCESS_LIFETIME - Duration::seconds(1));
        assert_eq!(verify(&keys(), &token, clock.now()), Some((ANA, LAPTOP)));
        clock.advance(Duration::seconds(1));
        assert_eq!(verify(&keys(), &token, clock.now()), None);
    }

    #[test]
    fn anything_that_is_not_quite_ours_is_refused() {
        check(false, |_, _| ());
        check(true, |header, _| header.typ = Some("JWT".into()));
        check(true, |header, _| header.typ = None);
        check(true, |header, _| header.alg = Algorithm::HS512);
        check(true, |_, claims| claims["aud"] = json!("somewhere else"));
        check(true, |_, claims| claims["iss"] = json!("somebody else"));
        for claim in ["iss", "aud", "sub", "sid", "nbf", "exp"] {
            check(true, |_, claims| {
                claims.as_object_mut().unwrap().remove(claim);
            });
        }
        let later = Clock::test().now().unix_timestamp() + 60;
        check(true, |_, claims| claims["nbf"] = json!(later));
    }

    #[test]
    fn an_unsigned_token_is_refused() {
        let token = forge(|_, _| (), &keys().access);
        let claims = token.split('.').nth(1).unwrap();
        // {"alg":"none","typ":"at+jwt"}
        let none = format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{claims}.");
        assert_eq!(verify(&keys(), &none, Clock::test().now()), None);
    }

    #[test]
    fn another_key_signs_for_nobody() {
        let token = forge(|_, _| (), &[8; 32]);
        assert_eq!(verify(&keys(), &token, Clock::test().now()), None);
    }
}
