package io.conversion.experiments.value;

/**
 * The ways to estimate what a policy would have brought. With the weight w of a decision (its probability under the policy over
 * its propensity), its reward r, what the reward model expects of its action, q, and of the policy, d (the mean of q over the
 * policy's actions):
 */
public enum Estimator {
    /** mean(d): what the reward model says. It is as wrong as the model, and nothing measures by how much. */
    DIRECT,
    /** mean(w r): inverse propensity score. */
    IPS,
    /** sum(w r) / sum(w): self-normalised; it knows no shift of rewards. */
    SNIPS,
    /** mean(min(w, M) r): less variance and a bias, towards less where rewards are positive. */
    CLIPPED_IPS,
    /** mean(w r - b (w - 1)) with b = cov(w r, w) / var(w): the mean of w is known to be 1. */
    CONTROL_VARIATE,
    /** Cressie and Read's likelihood of power -2, under the moment condition mean(w) = 1 (Karampatziakis and Langford 2020). */
    CRESSIE_READ,
    /** mean(d + w (r - q)): doubly robust; right if the propensities or the model are. */
    DOUBLY_ROBUST,
    /** mean(d) + sum(w (r - q)) / sum(w). */
    SELF_NORMALISED_DOUBLY_ROBUST,
    /** As doubly robust, with the correction only where w is at most M (Wang, Agarwal and Dudik 2017). */
    SWITCH_DOUBLY_ROBUST,
    /** As doubly robust, with w shrunk to M w / (w^2 + M) (Su, Dimakopoulou, Krishnamurthy and Dudik 2020). */
    SHRUNK_DOUBLY_ROBUST
}
