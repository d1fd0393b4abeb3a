package io.conversion.model.signals;

/**
 * How a signal does in one cohort. Immutable and safe to share between threads.
 *
 * @param cohort the name of the cohort
 * @param rows the users of the cohort, whether or not they have a value
 * @param positives how many of them converted
 * @param auc the ROC AUC in the cohort, 0 to 1, oriented so that above 0.5 is the direction that the signal has in all
 *     rows; for a signal that is measured by its bins, with the rates that the bins have in the other cohorts
 * @param aucWithout the ROC AUC in all other cohorts, oriented likewise; for a signal that is measured by its bins, out
 *     of fold
 */
public record CohortAuc(String cohort, int rows, int positives, double auc, double aucWithout) {}
