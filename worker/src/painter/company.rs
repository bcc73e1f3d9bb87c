//! Who is painted together, and how long they wait for each other.
//!
//! Nobody loses more by waiting than a twentieth of what their own picture takes: of that shape, and
//! alone, whatever was painted last. The time an order has waited already, behind other pictures,
//! counts; and nobody waits longer than the least patient of those who wait.

use std::{
    collections::VecDeque,
    sync::mpsc::Receiver,
    time::{Duration, Instant},
};

use super::Waiting;
use crate::engine::{Engine, PaintRequest};

/// The share of a picture's time to wait for company, as a divisor.
const COMPANY: u32 = 20;
/// Few shapes are painted by turns; those not painted for longest are forgotten.
const SHAPES: usize = 8;

/// Where orders come from.
pub(super) trait Arrivals {
    /// The next order, if one is there or comes before that moment.
    fn next_until(&mut self, moment: Instant) -> Option<Waiting>;
}

/// How long pictures of each shape took, the last painted first. A shape is known by one of its
/// requests, since only the engine can tell.
#[derive(Default)]
pub(super) struct Paces(VecDeque<(PaintRequest, Duration)>);

impl Arrivals for &Receiver<Waiting> {
    fn next_until(&mut self, moment: Instant) -> Option<Waiting> {
        let patience = moment.saturating_duration_since(Instant::now());
        self.recv_timeout(patience).ok()
    }
}

impl Paces {
    /// Notes that so many pictures of this shape took so long together.
    pub(super) fn note(
        &mut self,
        engine: &dyn Engine,
        request: &PaintRequest,
        took: Duration,
        count: usize,
    ) {
        self.0.retain(|(known, _)| !engine.fits(known, request));
        // By the share of each, since that is never more than it takes alone.
        let each = took / u32::try_from(count.max(1)).unwrap_or(u32::MAX);
        self.0.push_front((request.clone(), each));
        self.0.truncate(SHAPES);
    }

    /// How long a picture of this shape takes; nothing if none was painted yet.
    fn of(&self, engine: &dyn Engine, request: &PaintRequest) -> Duration {
        let mut known = self.0.iter();
        let found = known.find(|(known, _)| engine.fits(known, request));
        found.map_or(Duration::ZERO, |(_, each)| *each)
    }
}

/// Waits until as many orders are there as are worth painting together, or until somebody has
/// waited long enough.
pub(super) fn wait(
    engine: &dyn Engine,
    arrivals: &mut dyn Arrivals,
    queue: &mut VecDeque<Waiting>,
    paces: &Paces,
) {
    while places(engine, queue).len() < engine.together() {
        let patience = |order: &Waiting| order.since + paces.of(engine, &order.request) / COMPANY;
        let Some(until) = queue.iter().map(patience).min() else {
            return;
        };
        match arrivals.next_until(until) {
            Some(order) => queue.push_back(order),
            None => return,
        }
    }
}

/// Takes the oldest order out of the queue, and those that fit to it.
pub(super) fn take(engine: &dyn Engine, queue: &mut VecDeque<Waiting>) -> Vec<Waiting> {
    let places = places(engine, queue);
    let all = queue.drain(..).enumerate();
    let (batch, rest): (Vec<_>, Vec<_>) = all.partition(|(place, _)| places.contains(place));
    queue.extend(rest.into_iter().map(|(_, order)| order));
    batch.into_iter().map(|(_, order)| order).collect()
}

/// The places of the oldest order and of those that fit to it.
fn places(engine: &dyn Engine, queue: &VecDeque<Waiting>) -> Vec<usize> {
    let Some(first) = queue.front() else {
        return Vec::new();
    };
    (0..queue.len())
        .filter(|&i| i == 0 || engine.fits(&first.request, &queue[i].request))
        .take(engine.together().max(1))
        .collect()
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::{
        engine::{Order, Painted},
        handler::Failure,
        painter::tests::request,
    };

    /// Paints up to eight of one width together, in no time.
    struct Wide;

    impl Engine for Wide {
        fn name(&self) -> String {
            "wide 1".into()
        }

        fn together(&self) -> usize {
            8
        }

        fn fits(&self, one: &PaintRequest, other: &PaintRequest) -> bool {
            one.width == other.width
        }

        fn paint(&self, _order: &Order) -> Result<Painted, Failure> {
            Err(Failure::Cancelled)
        }
    }

    /// Orders that come at set times of a clock that only moves when somebody waits.
    struct Script {
        now: Instant,
        coming: VecDeque<Waiting>,
    }

    impl Arrivals for Script {
        fn next_until(&mut self, moment: Instant) -> Option<Waiting> {
            let next = self.coming.front().map(|order| order.since);
            self.now = self.now.max(next.map_or(moment, |next| next.min(moment)));
            self.coming.pop_front_if(|order| order.since <= self.now)
        }
    }

    fn order(width: u32, since: Instant) -> Waiting {
        Waiting {
            request: request(1, width),
            progress: Box::new(|_, _| ()),
            cancel: CancellationToken::new(),
            answer: oneshot::channel().0,
            since,
        }
    }

    const fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    /// When painting begins, from a start at which the orders `(width, after)` come, and how many
    /// are painted.
    fn begin(paces: &Paces, now: Duration, orders: &[(u32, Duration)]) -> (Duration, usize) {
        let start = Instant::now();
        let mut coming: VecDeque<_> = orders
            .iter()
            .map(|&(width, after)| order(width, start + after))
            .collect();
        let mut queue = coming.drain(..1).collect();
        let now = start + now;
        let mut script = Script { now, coming };
        wait(&Wide, &mut script, &mut queue, paces);
        (script.now - start, take(&Wide, &mut queue).len())
    }

    /// Eight large pictures took 16 seconds together, a small one takes 200 milliseconds.
    fn paces() -> Paces {
        let mut paces = Paces::default();
        paces.note(&Wide, &request(1, 512), ms(200), 1);
        paces.note(&Wide, &request(1, 1024), ms(16_000), 8);
        paces
    }

    #[test]
    fn a_picture_waits_a_twentieth_of_its_own_time_whatever_was_painted_last() {
        assert_eq!(begin(&paces(), ms(0), &[(512, ms(0))]), (ms(10), 1));
        assert_eq!(begin(&paces(), ms(0), &[(1024, ms(0))]), (ms(100), 1));
        // Nothing is known of this shape, and so nothing is risked.
        assert_eq!(begin(&paces(), ms(0), &[(768, ms(0))]), (ms(0), 1));
    }

    #[test]
    fn company_that_comes_in_time_is_painted_along() {
        let orders = [(512, ms(0)), (512, ms(4)), (512, ms(9)), (512, ms(11))];
        assert_eq!(begin(&paces(), ms(0), &orders), (ms(10), 3));
        let enough: Vec<_> = (0..8).map(|i| (512, ms(i))).collect();
        assert_eq!(begin(&paces(), ms(0), &enough), (ms(7), 8));
    }

    #[test]
    fn what_was_waited_behind_other_pictures_counts() {
        assert_eq!(begin(&paces(), ms(6), &[(512, ms(0))]), (ms(10), 1));
        assert_eq!(begin(&paces(), ms(900), &[(512, ms(0))]), (ms(900), 1));
        // But whoever came meanwhile is taken along, and nobody else is waited for.
        let orders = [(512, ms(0)), (512, ms(899)), (512, ms(905))];
        assert_eq!(begin(&paces(), ms(900), &orders), (ms(900), 2));
    }

    #[test]
    fn nobody_waits_for_the_company_of_a_slower_shape() {
        let orders = [(1024, ms(0)), (512, ms(30))];
        assert_eq!(begin(&paces(), ms(0), &orders), (ms(40), 1));
    }

    #[test]
    fn a_shape_has_one_pace_and_the_oldest_is_forgotten() {
        let mut paces = paces();
        paces.note(&Wide, &request(2, 512), ms(400), 1);
        assert_eq!(paces.of(&Wide, &request(3, 512)), ms(400));
        assert_eq!(paces.0.len(), 2);
        for width in 0..8 {
            paces.note(&Wide, &request(1, width), ms(1), 1);
        }
        assert_eq!(paces.0.len(), SHAPES);
        assert_eq!(paces.of(&Wide, &request(1, 512)), Duration::ZERO);
    }
}
