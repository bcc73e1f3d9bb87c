//! How many pictures the device's memory holds at once, as far as it has shown.

use std::cell::Cell;

/// After the first shortage, this many full batches must go well before more are tried: a batch
/// that falls short costs about as much as itself. The number doubles with every shortage,
const CALM: u32 = 16;
/// up to here, since a shortage that comes back is never quite given up on.
const CALM_MAX: u32 = 1024;

/// A number of pictures that falls with a shortage, and rises again after it.
#[derive(Debug)]
pub struct Room {
    usual: usize,
    now: Cell<usize>,
    went_well: Cell<u32>,
    calm: Cell<u32>,
}

impl Room {
    /// For as many pictures as are worth painting together.
    pub fn new(usual: usize) -> Self {
        Self {
            usual,
            now: Cell::new(usual),
            went_well: Cell::new(0),
            calm: Cell::new(CALM / 2),
        }
    }

    /// How many to paint at once.
    pub fn now(&self) -> usize {
        self.now.get()
    }

    /// No more than so many went through.
    pub fn fell_short(&self, most: usize) {
        self.now.set(self.now.get().min(most).max(1));
        self.calm.set((self.calm.get() * 2).min(CALM_MAX));
        self.went_well.set(0);
    }

    /// So many went through together.
    pub fn went_well(&self, count: usize) {
        if self.now.get() == self.usual || count < self.now.get() {
            return;
        }
        self.went_well.set(self.went_well.get() + 1);
        if self.went_well.get() >= self.calm.get() {
            self.now.set((self.now.get() * 2).min(self.usual));
            self.went_well.set(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortage_that_passes_is_forgotten_step_by_step() {
        let room = Room::new(8);
        room.fell_short(2);
        assert_eq!(room.now(), 2);
        let grows = |count: usize| {
            (1..=100).find(|_| {
                let before = room.now();
                room.went_well(count);
                room.now() > before
            })
        };
        assert_eq!((grows(2), room.now()), (Some(16), 4));
        assert_eq!((grows(4), room.now()), (Some(16), 8));
        room.went_well(8);
        assert_eq!(room.now(), 8, "and no further");
        // One that comes back is looked for less often.
        room.fell_short(4);
        assert_eq!((grows(4), room.now()), (Some(32), 8));
    }

    #[test]
    fn batches_that_are_not_full_say_nothing_of_more() {
        let room = Room::new(8);
        room.fell_short(4);
        (0..1000).for_each(|_| room.went_well(3));
        assert_eq!(room.now(), 4);
        room.fell_short(0);
        assert_eq!(room.now(), 1, "one is always tried");
    }
}
