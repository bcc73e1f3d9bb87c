//! What to do when the device's memory is full: the same work in smaller parts.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use crate::{device::Fault, lane::panic_message};

/// The memory does not even hold a single piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

/// Does the work on all items at once, or, where the memory is too small for that, on halves, one
/// after the other. Also returns the largest number of items that went through, if not all did.
pub fn in_parts<T, R>(
    items: &[T],
    work: &mut dyn FnMut(&[T]) -> Vec<R>,
) -> (Vec<Result<R, OutOfMemory>>, Option<usize>) {
    match catch_unwind(AssertUnwindSafe(|| work(items))) {
        Ok(results) => (results.into_iter().map(Ok).collect(), None),
        // Whatever the work had placed on the device is gone with its stack.
        Err(panic) if !is_out_of_memory(&*panic) => resume_unwind(panic),
        Err(_) if items.len() < 2 => (items.iter().map(|_| Err(OutOfMemory)).collect(), Some(1)),
        Err(_) => {
            let (left, right) = items.split_at(items.len().div_ceil(2));
            let (mut results, left_most) = in_parts(left, work);
            let (others, right_most) = in_parts(right, work);
            results.extend(others);
            let most = left_most.unwrap_or(left.len());
            (results, Some(most.min(right_most.unwrap_or(most))))
        }
    }
}

fn is_out_of_memory(panic: &(dyn Any + Send)) -> bool {
    Fault::of(&panic_message(panic)) == Fault::OutOfMemory
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_room_for(most: usize, items: &[u32]) -> (Vec<Result<u32, OutOfMemory>>, Option<usize>) {
        in_parts(items, &mut |part| {
            assert!(part.len() <= most, "CUDA out of memory. Tried to allocate");
            part.iter().map(|item| item * 10).collect()
        })
    }

    #[test]
    fn what_does_not_fit_at_once_is_done_in_halves_and_in_order() {
        assert_eq!(with_room_for(4, &[1, 2]), (vec![Ok(10), Ok(20)], None));
        let (results, most) = with_room_for(2, &[1, 2, 3, 4, 5]);
        assert_eq!(results, [10, 20, 30, 40, 50].map(Ok));
        assert_eq!(most, Some(2));
    }

    #[test]
    fn what_does_not_fit_alone_is_said_for_each() {
        let (results, _) = with_room_for(0, &[1, 2]);
        assert_eq!(results, [Err(OutOfMemory), Err(OutOfMemory)]);
    }

    #[test]
    #[should_panic(expected = "another fault")]
    fn another_fault_is_not_taken_for_a_full_memory() {
        in_parts(&[1], &mut |_: &[u32]| -> Vec<u32> {
            panic!("another fault")
        });
    }
}
