//! The numbers of the schedulers.

use crate::diffusion::{
    config::{SchedulerClass, SchedulerConfig},
    scheduler::{self, Euler, Lcm, Scheduler, first_step},
};

fn config(class: SchedulerClass) -> SchedulerConfig {
    SchedulerConfig {
        class,
        beta_start: 0.00085,
        beta_end: 0.012,
        num_train_timesteps: 1000,
        steps_offset: 1,
        original_inference_steps: 50,
        timestep_scaling: 10.0,
    }
}

#[test]
fn noise_only_ever_gets_less() {
    // With a thousand steps the first two are both at the end of the table.
    for steps in 1..1000 {
        let euler = Euler::new(&config(SchedulerClass::Euler), steps);
        assert_eq!(euler.timesteps().len(), steps);
        assert_eq!(euler.sigmas().len(), steps + 1);
        assert!(euler.sigmas().windows(2).all(|pair| pair[1] < pair[0]));
        assert_eq!(euler.sigmas()[steps], 0.0);
        assert!(
            euler
                .timesteps()
                .iter()
                .all(|time| (1.0..=1000.0).contains(time))
        );
    }
}

#[test]
fn twenty_five_steps_lead_from_961_to_1() {
    let euler = Euler::new(&config(SchedulerClass::Euler), 25);
    assert_eq!(euler.timesteps()[..2], [961.0, 921.0]);
    assert_eq!(euler.timesteps()[24], 1.0);
    assert!((euler.init_noise_sigma() - 11.719).abs() < 1e-3);
}

/// What `LCMScheduler.set_timesteps` gives in diffusers 0.42.
#[test]
fn leaps_land_where_the_reference_lands() {
    for (steps, times) in [
        (1, &[999][..]),
        (2, &[999, 499]),
        (3, &[999, 679, 339]),
        (4, &[999, 759, 499, 259]),
        (6, &[999, 839, 679, 499, 339, 179]),
        (7, &[999, 859, 719, 579, 439, 299, 159]),
        (8, &[999, 879, 759, 639, 499, 379, 259, 139]),
    ] {
        let lcm = Lcm::new(&config(SchedulerClass::Lcm), steps);
        let found: Vec<i64> = lcm.timesteps().iter().map(|time| *time as i64).collect();
        assert_eq!(found, times, "{steps} steps");
    }
}

#[test]
fn a_number_of_steps_that_a_scheduler_cannot_take_is_refused() {
    for (class, steps) in [
        (SchedulerClass::Euler, 0),
        (SchedulerClass::Euler, 1001),
        (SchedulerClass::Lcm, 51),
    ] {
        let refused = scheduler::new(&config(class), steps).unwrap_err();
        assert!(refused.to_string().contains("paints in 1 to"), "{refused}");
    }
}

#[test]
fn strength_says_how_many_steps_are_left() {
    let first = |strength| first_step(20, strength);
    assert_eq!(
        [first(1.0), first(0.5), first(0.04), first(0.0)],
        [0, 10, 20, 20]
    );
}
