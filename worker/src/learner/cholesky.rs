//! Solving with a symmetric positive definite matrix, in one fixed order of operations.
//!
//! No linear algebra library is used here: they choose their blocking and their instructions by
//! CPU, and the bytes of a policy must not depend on where it was learned.

/// The lower triangle L with A = L Lᵀ; row after row, each up to its diagonal.
#[derive(Clone, Debug)]
pub struct Cholesky {
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Factors a matrix given by its lower triangle. `None` unless it is positive definite.
    pub fn new(mut rows: Vec<Vec<f64>>) -> Option<Self> {
        for i in 0..rows.len() {
            let (above, rest) = rows.split_at_mut(i);
            let row = &mut rest[0];
            for (j, pivot) in above.iter().enumerate() {
                row[j] = (row[j] - dot(&row[..j], &pivot[..j])) / pivot[j];
            }
            let diagonal = row[i] - dot(&row[..i], &row[..i]);
            // Written so that a NaN fails too.
            if !(diagonal > 0.0 && diagonal.is_finite()) {
                return None;
            }
            row[i] = diagonal.sqrt();
        }
        Some(Self { rows })
    }

    /// The factor of the identity.
    pub fn identity(size: usize) -> Self {
        let row = |i: usize| (0..=i).map(|j| f64::from(u8::from(i == j))).collect();
        Self {
            rows: (0..size).map(row).collect(),
        }
    }

    /// x with L x = b.
    pub fn forward(&self, mut b: Vec<f64>) -> Vec<f64> {
        for (i, row) in self.rows.iter().enumerate() {
            b[i] = (b[i] - dot(&row[..i], &b[..i])) / row[i];
        }
        b
    }

    /// Natural logarithm of the determinant of L: half that of A.
    pub fn log_determinant(&self) -> f64 {
        let diagonal = self
            .rows
            .iter()
            .enumerate()
            .map(|(i, row)| libm::log(row[i]));
        diagonal.sum()
    }

    /// x with A x = b.
    pub fn solve(&self, b: Vec<f64>) -> Vec<f64> {
        self.backward(self.forward(b))
    }

    /// x with Lᵀ x = b.
    pub fn backward(&self, mut x: Vec<f64>) -> Vec<f64> {
        for (i, row) in self.rows.iter().enumerate().rev() {
            x[i] /= row[i];
            let solved = x[i];
            for (earlier, below) in x.iter_mut().zip(&row[..i]) {
                *earlier -= below * solved;
            }
        }
        x
    }

    /// L⁻¹ applied to many right-hand sides of `width` numbers per row, in place.
    ///
    /// Side by side rather than one by one: the inner loop then runs over independent numbers,
    /// which the compiler can vectorise without changing the order of any sum.
    pub fn forward_all(&self, b: &mut [f64], width: usize) {
        for (i, row) in self.rows.iter().enumerate() {
            let (solved, rest) = b.split_at_mut(i * width);
            let target = &mut rest[..width];
            for (factor, earlier) in row.iter().zip(solved.chunks_exact(width)) {
                for (t, e) in target.iter_mut().zip(earlier) {
                    *t -= factor * e;
                }
            }
            let diagonal = row[i];
            for t in target {
                *t /= diagonal;
            }
        }
    }
}

/// Eight sums side by side, then added up: quick, and in the same order on every CPU.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a_blocks, a_rest) = a.as_chunks::<8>();
    let (b_blocks, b_rest) = b.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for (x, y) in a_blocks.iter().zip(b_blocks) {
        for (sum, (p, q)) in sums.iter_mut().zip(x.iter().zip(y)) {
            *sum += p * q;
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(p, q)| p * q).sum();
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A = [[4, 2, 2], [2, 5, 3], [2, 3, 6]] = L Lᵀ with, by hand,
    /// L = [[2, 0, 0], [1, 2, 0], [1, 1, 2]].
    fn factor() -> Cholesky {
        Cholesky::new(vec![vec![4.0], vec![2.0, 5.0], vec![2.0, 3.0, 6.0]]).unwrap()
    }

    #[test]
    fn the_factor_equals_the_one_worked_by_hand() {
        assert_eq!(
            factor().rows,
            [vec![2.0], vec![1.0, 2.0], vec![1.0, 1.0, 2.0]]
        );
    }

    #[test]
    fn solving_undoes_multiplying() {
        // A (1, 2, 3) = (4 + 4 + 6, 2 + 10 + 9, 2 + 6 + 18).
        assert_eq!(factor().solve(vec![14.0, 21.0, 26.0]), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn the_determinant_is_the_product_of_the_diagonal() {
        // 2 * 2 * 2
        assert!((factor().log_determinant() - libm::log(8.0)).abs() < 1e-12);
    }

    #[test]
    fn many_sides_at_once_are_solved_as_one_by_one() {
        let mut sides = vec![14.0, 2.0, 21.0, 5.0, 26.0, 9.0];
        factor().forward_all(&mut sides, 2);
        assert_eq!(
            factor().forward(vec![14.0, 21.0, 26.0]),
            [sides[0], sides[2], sides[4]]
        );
        assert_eq!(
            factor().forward(vec![2.0, 5.0, 9.0]),
            [sides[1], sides[3], sides[5]]
        );
    }

    #[test]
    fn a_matrix_that_is_not_positive_definite_is_refused() {
        assert!(Cholesky::new(vec![vec![1.0], vec![2.0, 1.0]]).is_none());
        assert!(Cholesky::new(vec![vec![f64::NAN]]).is_none());
    }

    #[test]
    fn the_dot_product_counts_every_number_once() {
        let ones = [1.0; 19];
        let numbers: [f64; 19] = std::array::from_fn(|i| i as f64);
        assert!((dot(&ones, &numbers) - 171.0).abs() < 1e-12);
    }
}
