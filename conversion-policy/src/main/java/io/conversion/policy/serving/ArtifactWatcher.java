package io.conversion.policy.serving;

import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import io.conversion.policy.serving.Candidate.Accepted;
import io.conversion.policy.serving.Candidate.Bad;
import io.conversion.policy.serving.Candidate.Good;
import io.conversion.policy.serving.Refresh.Refusal;
import io.conversion.policy.serving.Refresh.Refused;
import io.conversion.policy.serving.Refresh.Swapped;
import io.conversion.policy.serving.Refresh.Unchanged;
import io.conversion.policy.serving.RollBackAnswer.NothingBefore;
import io.conversion.policy.serving.RollBackAnswer.OtherServed;
import io.conversion.policy.serving.RollBackAnswer.RolledBack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the unit that the manifest of a folder names, and follows it: a candidate is loaded, verified completely and
 * then swapped in as one; a bad one is refused and reported, and the last good unit is served on.
 *
 * <p>A candidate is refused if a file is missing, damaged, outside the folder or of another digest than the manifest
 * says, if a policy of an arm is missing, if a golden vector of its model does not come out to the bit, if its policy does not fit its model or has an
 * error that {@link io.conversion.policy.review.PolicyVerifier} finds, if its revision is not above all that were
 * served, if an experiment that has started by the clock of the options has other contents under the same name and version,
 * if it answers more of the last decisions with another action than allowed, or if it fails a check of the host.
 *
 * <p>The manifest alone says what is served. As long as it is the one that was accepted, no other file is looked at: a
 * model that is rewritten under it changes nothing, neither for good nor for bad, since the unit in memory is the one
 * whose digests were verified. While a refused candidate stands in the folder, its files are read at each refresh, and
 * loaded again if they have changed, or if it was refused for something that may pass: a file that could not be read,
 * memory that ran out, a check of the host that threw, or the decisions that it flips.
 *
 * <p>Looks when the host calls {@link #refresh}, or on one daemon thread after {@link #start}. {@link #current} is one
 * read of a volatile field. Safe to share between threads.
 */
public final class ArtifactWatcher implements DecisionListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactWatcher.class);

    // How often a candidate is looked at again because its manifest was replaced while it was read.
    private static final int MOST_LOOKS = 3;

    private static final Duration LONGEST_PAUSE = Duration.ofDays(3_650);

    private final ServingFolder folder;
    private final WatcherOptions options;
    private final RecentDecisions recent;
    private final CandidateReader reader;
    private final CountDownLatch closed = new CountDownLatch(1);

    // Of one refresh at a time.
    private final Object refreshing = new Object();
    private String accepted;
    private String refused = "";

    // Written by the holder of this object's lock, which nobody keeps while reading files.
    private volatile WatcherStatus status;
    private @Nullable ServingUnit before;
    private boolean started;

    // Added to by the holder of this object's lock, taken from by the holder of its own.
    private final Queue<WatcherEvent> untold = new ConcurrentLinkedQueue<>();

    private ArtifactWatcher(
            ServingFolder folder, WatcherOptions options, RecentDecisions recent, CandidateReader reader, Good first) {
        this.folder = folder;
        this.options = options;
        this.recent = recent;
        this.reader = reader;
        this.accepted = first.manifestDigest();
        reader.started().add(first.unit());
        this.status = WatcherStatus.first(first.unit(), options.clock().instant());
    }

    /**
     * Loads the unit that the manifest of a folder names.
     *
     * @param folder the folder
     * @param options how to judge candidates
     * @return the watcher, which looks for others when it is told to
     * @throws NothingToServeException if there is none that can be served; the message lists every reason
     */
    public static ArtifactWatcher open(Path folder, WatcherOptions options) {
        ServingFolder files = new ServingFolder(folder);
        RecentDecisions recent = new RecentDecisions(options);
        CandidateReader reader = new CandidateReader(files, options, recent, new ServedExperiments());
        Candidate first = settled(files, () -> reader.look(null, "", ""));
        if (first instanceof Good good) {
            LOG.info("serving {} of {}", good.unit(), folder);
            return new ArtifactWatcher(files, options, recent, reader, good);
        }
        throw new NothingToServeException(folder.toString(), ((Bad) first).reasons());
    }

    /**
     * The unit that is served: to be taken once for each request.
     *
     * @return the unit
     */
    public ServingUnit current() {
        return status.serving();
    }

    /**
     * What is served and what was seen.
     *
     * @return the status, all of one moment
     */
    public WatcherStatus status() {
        return status;
    }

    /**
     * Looks for a candidate, and serves it if nothing is wrong with it. One refresh runs at a time; another one waits.
     *
     * @return what came of it; never an exception, whatever the folder holds
     */
    public Refresh refresh() {
        synchronized (refreshing) {
            Candidate candidate = settled(folder, () -> reader.look(status, accepted, refused));
            while (candidate instanceof Good good) {
                Swapped swapped = swap(good);
                if (swapped != null) {
                    return swapped;
                }
                // It was judged beside a unit that was rolled back meanwhile.
                candidate = settled(folder, () -> reader.look(status, accepted, refused));
            }
            if (candidate instanceof Bad bad) {
                return refuse(bad);
            } else if (candidate instanceof Accepted same) {
                accepted = same.manifestDigest();
                refused = "";
                return new Unchanged(looked().serving());
            }
            WatcherStatus now = looked();
            Refusal refusal = now.lastRefusal();
            return refusal == null ? new Unchanged(now.serving()) : new Refused(now.serving(), refusal);
        }
    }

    /**
     * Looks until the manifest stands still, since one that is replaced between its files and itself is
     * nobody's fault.
     */
    private static Candidate settled(ServingFolder folder, Look look) {
        Candidate candidate = look.look();
        for (int looks = 1; looks < MOST_LOOKS && candidate instanceof Bad bad; looks++) {
            if (folder.fingerprint(ServingManifest.FILE).equals(bad.manifestDigest())) {
                break;
            }
            candidate = look.look();
        }
        return candidate;
    }

    private synchronized WatcherStatus looked() {
        status = status.looked(now());
        return status;
    }

    /** Serves a unit; null if another one is served than it was judged beside. */
    private @Nullable Swapped swap(Good good) {
        Instant moment = now();
        Swapped swapped;
        synchronized (this) {
            if (status.serving() != good.judgedBeside()) {
                return null;
            }
            swapped = new Swapped(status.serving(), good.unit());
            before = swapped.before();
            reader.started().add(good.unit());
            status = status.swapped(good.unit(), moment);
            untold.add(swapped);
        }
        accepted = good.manifestDigest();
        refused = "";
        LOG.info("serving {} of {}", swapped.serving(), folder);
        tell();
        return swapped;
    }

    private Refresh refuse(Bad bad) {
        Refusal refusal = new Refusal(bad.manifest(), now(), bad.reasons());
        Refused answer;
        synchronized (this) {
            status = status.refused(refusal);
            answer = new Refused(status.serving(), refusal);
            untold.add(answer);
        }
        refused = bad.identity();
        LOG.warn(
                "refused {} of {}, serving {} on: {}",
                bad.manifest() == null
                        ? "a candidate"
                        : "revision " + bad.manifest().revision(),
                folder,
                answer.serving(),
                String.join("\n  ", bad.reasons()));
        tell();
        return answer;
    }

    /** Tells of what has happened, in its order, also where one thread refreshes and another one rolls back. */
    private void tell() {
        synchronized (untold) {
            for (WatcherEvent event = untold.poll(); event != null; event = untold.poll()) {
                try {
                    options.listener().accept(event);
                } catch (Throwable e) {
                    LOG.warn("the listener of the watcher of {} failed", folder, e);
                }
            }
        }
    }

    private Instant now() {
        return options.clock().instant();
    }

    /**
     * Serves the unit before again, until a manifest with a revision above that of the unit that is rolled back is
     * found good. One unit is kept to roll back to.
     *
     * @param revision the revision to roll back: that of {@link #current}, as the caller has seen it. If another one is
     *     served by now, nothing changes
     * @return what came of it
     */
    public RollBackAnswer rollBack(long revision) {
        Instant moment = now();
        RolledBack answer;
        synchronized (this) {
            ServingUnit unit = before;
            if (status.serving().revision() != revision) {
                return new OtherServed(status.serving());
            } else if (unit == null) {
                return new NothingBefore(status.serving());
            }
            answer = new RolledBack(status.serving(), unit);
            before = null;
            reader.started().add(unit);
            status = status.rolledBack(unit, moment);
            untold.add(answer);
        }
        LOG.warn("rolled back {} of {}, serving {}", answer.before(), folder, answer.serving());
        tell();
        return answer;
    }

    /**
     * Starts a daemon thread that refreshes again and again, until the watcher is closed.
     *
     * <p>A refresh that fails, such as because memory ran out, is logged, and the thread looks again after the pause.
     *
     * @param pause how long it waits before each refresh, above zero and at most 3,650 days
     * @throws IllegalArgumentException if the pause is out of range
     * @throws IllegalStateException if the thread was started before, or the watcher is closed
     */
    public void start(Duration pause) {
        if (pause.isNegative() || pause.isZero() || pause.compareTo(LONGEST_PAUSE) > 0) {
            throw new IllegalArgumentException("the pause between refreshes is " + pause
                    + "; it must be above zero and at most " + LONGEST_PAUSE.toDays() + " days");
        }
        synchronized (this) {
            if (started || closed.getCount() == 0) {
                throw new IllegalStateException("the watcher of " + folder + " was " + (started ? "started" : "closed")
                        + " before; open another one");
            }
            started = true;
        }
        Thread thread = new Thread(() -> follow(pause), "artifact-watcher");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(Duration pause) {
        try {
            while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                refreshAndGoOn();
            }
        } catch (InterruptedException e) {
            LOG.warn("the thread that follows {} was interrupted and ends", folder);
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever fails, the host's clock or memory that ran out: the thread lives on. */
    private void refreshAndGoOn() {
        try {
            refresh();
        } catch (Throwable e) {
            try {
                LOG.warn(
                        "a refresh of {} failed, the thread goes on: {}",
                        folder,
                        e.getClass().getName());
                LOG.debug("the failure", e);
            } catch (Throwable unsaid) {
                // Even the log fails. There is nobody left to tell.
            }
        }
    }

    /** Ends the thread, after the refresh that it may be at. The unit is served on. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** Whether it must be told of decisions to judge candidates. */
    boolean limitsFlips() {
        return options.limitsFlips();
    }

    /** Takes note of a decision, by which candidates are judged if a share of flipped decisions is declared. */
    @Override
    public void decided(DecisionEvent event, long nanoseconds) {
        recent.add(event);
    }

    /** One look at the folder. */
    @FunctionalInterface
    private interface Look {
        Candidate look();
    }
}
