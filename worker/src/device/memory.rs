//! How much memory is in use, as the device itself counts it.
//!
//! Not by asking `nvidia-smi` for this process: in a container it knows processes by other numbers.

use std::ffi::c_int;

use libloading::os::unix::{Library, Symbol};
use tch::{Device, Kind, Tensor};

/// More than any device has.
const TOO_MUCH: i64 = 1 << 50;

/// Bytes that nobody on the GPU has taken; nothing for a processor, or where it cannot be asked.
#[expect(
    unsafe_code,
    reason = "CUDA's runtime is a C library, loaded with libtorch's half"
)]
pub fn free_on_gpu(device: Device) -> Option<u64> {
    let Device::Cuda(index) = device else {
        return None;
    };
    let index = c_int::try_from(index).ok()?;
    let (mut free, mut total) = (0_usize, 0_usize);
    let here = Library::this();
    // SAFETY: the two functions have had these types since CUDA 3; both pointers outlive the call.
    let failed = unsafe {
        let choose: Symbol<unsafe extern "C" fn(c_int) -> c_int> =
            here.get(b"cudaSetDevice\0").ok()?;
        let ask: Symbol<unsafe extern "C" fn(*mut usize, *mut usize) -> c_int> =
            here.get(b"cudaMemGetInfo\0").ok()?;
        choose(index) != 0 || ask(&raw mut free, &raw mut total) != 0
    };
    (!failed).then_some(free as u64)
}

/// Has libtorch give back what it keeps for later on a GPU. It has no call for that which tch
/// knows, but does so before it refuses an order, and this one nobody can fill.
pub fn give_back(device: Device) {
    if device.is_cuda() {
        // What is wanted is the failure.
        let _ = Tensor::f_empty([TOO_MUCH], (Kind::Uint8, device));
    }
}

/// Forgets how much this process had at most, so far.
pub fn forget_peak() {
    // Where the kernel does not let us, the peak is that of the whole run.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Bytes that this process had at most since then, of the machine's memory.
pub fn peak() -> Option<u64> {
    peak_in(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_in(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peak_is_read_as_the_kernel_writes_it() {
        let status = "Name:\tworker\nVmPeak:\t 9000 kB\nVmHWM:\t    2048 kB\nVmRSS:\t 1 kB\n";
        assert_eq!(peak_in(status), Some(2 << 20));
        assert_eq!(peak_in("Name:\tworker\n"), None);
    }

    #[test]
    fn a_processor_has_no_memory_of_a_gpu() {
        assert_eq!(free_on_gpu(Device::Cpu), None);
        give_back(Device::Cpu);
    }
}
