//! What libtorch's panics mean. It has one kind of error for everything, so its words must do.

/// What follows from a panic of arithmetic on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The memory is full: less at once may do.
    OutOfMemory,
    /// The device does nothing more for this process: only a new one can use it.
    DeviceLost,
    /// A fault of the work.
    Other,
}

/// The allocators of a GPU and of a processor, and the libraries that allocate beside them.
const OUT_OF_MEMORY: &[&str] = &[
    "out of memory",
    "can't allocate memory",
    "CUBLAS_STATUS_ALLOC_FAILED",
    "CUDNN_STATUS_ALLOC_FAILED",
    "CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
    "CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED",
    "CUFFT_ALLOC_FAILED",
];
/// After one of these every call fails with the same words, which is how they may first be met.
const DEVICE_LOST: &[&str] = &["CUDA error", "CUDNN_STATUS_EXECUTION_FAILED"];

impl Fault {
    /// Reads the words of a panic.
    pub fn of(message: &str) -> Self {
        let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
        if says(OUT_OF_MEMORY) {
            Self::OutOfMemory
        } else if says(DEVICE_LOST) {
            Self::DeviceLost
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_memory_is_told_from_a_lost_device_and_both_from_a_fault_of_the_work() {
        for (message, fault) in [
            (
                "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of",
                Fault::OutOfMemory,
            ),
            ("CUDA error: out of memory", Fault::OutOfMemory),
            (
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                Fault::OutOfMemory,
            ),
            ("cuDNN error: CUDNN_STATUS_ALLOC_FAILED", Fault::OutOfMemory),
            (
                "[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory",
                Fault::OutOfMemory,
            ),
            (
                "CUDA error: device-side assert triggered",
                Fault::DeviceLost,
            ),
            (
                "CUDA error: an illegal memory access was encountered",
                Fault::DeviceLost,
            ),
            (
                "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasGemmEx`",
                Fault::DeviceLost,
            ),
            (
                "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED",
                Fault::DeviceLost,
            ),
            ("cuDNN error: CUDNN_STATUS_NOT_SUPPORTED", Fault::Other),
            ("index out of range", Fault::Other),
        ] {
            assert_eq!(Fault::of(message), fault, "{message}");
        }
    }
}
