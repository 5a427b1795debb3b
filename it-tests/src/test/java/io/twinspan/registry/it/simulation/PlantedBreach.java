package io.twinspan.registry.it.simulation;

import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.node.data.DatumWrite;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.Changed;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Mistakes made on purpose, each of which breaks one invariant, so that its checker is seen to find something. */
enum PlantedBreach implements Tampering {
    /** Members of a meta group forget for whom they voted. */
    VOTE_FOR_EVERYBODY("M1", Climate.STORM, 59) {
        @Override
        public boolean isForgetfulVoter() {
            return true;
        }
    },

    /** The meta group answers what its leader alone has. */
    ACKNOWLEDGE_BEFORE_A_MAJORITY_HAS_IT("M2", Climate.HEADLESS, 4) {
        @Override
        public boolean isEagerMeta() {
            return true;
        }
    },

    /** A meta that leads hands out an old number now and then. */
    LET_A_TABLE_EPOCH_GO_BACK("M3", Climate.CALM, 1) {
        @Override
        public SimulatedNetwork.Tap tap() {
            return new SimulatedNetwork.Tap() {
                private int count;

                @Override
                @SuppressWarnings("unchecked") // a ClusterState in place of another one
                public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                    return answer instanceof ClusterState state && ++count % 3 == 0 ? (R) older(state) : answer;
                }
            };
        }
    },

    /** A data node hears of a new table and goes by the old one for a while. */
    LEAD_ON_AFTER_BEING_DEMOTED("M4", Climate.GROWING, 38) {
        @Override
        public ClusterView view(ClusterView view, EventLoop loop) {
            return new LateView(view, loop);
        }
    },

    /** Everybody who is cut off from meta says nothing any more. */
    SAY_NOTHING_WITHOUT_META("D7", Climate.HEADLESS, 7) {
        @Override
        public SimulatedNetwork.Tap tap() {
            return new SimulatedNetwork.Tap() {
                private boolean isRefused;

                @Override
                @SuppressWarnings("unchecked") // DatumAnswers in place of others
                public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                    if (answer instanceof LeaseGrant grant) {
                        isRefused = !grant.isGranted();
                    }
                    return isRefused && answer instanceof DatumAnswers given
                            ? (R) rewritten(given, each -> DatumAnswer.unknown(each.datacenter(), each.id()))
                            : answer;
                }
            };
        }
    },

    /** Nobody ever misses a client that has vanished without a word. */
    NEVER_REMOVE_THE_IDLE("D2", Climate.CALM, 1) {
        @Override
        public boolean isIdleForgotten() {
            return true;
        }
    },

    /** What a slot has from its disk, it passes off as what is true now. */
    PASS_A_SNAPSHOT_OFF_AS_CONFIRMED("D3", Climate.STORM, 59) {
        @Override
        public SimulatedNetwork.Tap tap() {
            return new SimulatedNetwork.Tap() {
                @Override
                @SuppressWarnings("unchecked") // DatumAnswers in place of others
                public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                    return answer instanceof DatumAnswers given
                            ? (R) rewritten(
                                    given,
                                    each -> new DatumAnswer(
                                            each.datacenter(),
                                            each.id(),
                                            each.status(),
                                            each.isConfirmed() || each.datum() != null,
                                            each.version(),
                                            each.datum()))
                            : answer;
                }
            };
        }
    },

    /** One write in five never reaches the disk. */
    LOSE_SOME_WRITES("D6", Climate.CALM, 1) {
        @Override
        public SimulatedDisk disk(ManualClock time, Random random) {
            return new SimulatedDisk(time, random) {
                private int count;

                @Override
                public void save(DatumWrite write) {
                    if (++count % 5 != 0) {
                        super.save(write);
                    }
                }
            };
        }
    },

    /** A datacenter announces what it has heard from its peer. */
    ANNOUNCE_WHAT_WAS_HEARD("D11", Climate.ISLAND, 11) {
        @Override
        public Announcement announcement(Announcement announcement, @Nullable Announcement heard) {
            return announcement instanceof Changed own && heard instanceof Changed theirs
                    ? new Changed(own.sender(), theirs.slot(), own.order(), theirs.entries())
                    : announcement;
        }
    };

    /** The cluster as it was a while ago. */
    private static final class LateView implements ClusterView {
        private static final Duration LATE = Duration.ofSeconds(10);

        private final ClusterView view;
        private final EventLoop loop;
        private ClusterState seen;

        LateView(ClusterView view, EventLoop loop) {
            this.view = view;
            this.loop = loop;
            this.seen = view.current();
        }

        @Override
        public ClusterState current() {
            return seen;
        }

        @Override
        public void onChange(Consumer<ClusterState> listener) {
            view.onChange(state -> loop.schedule(seen.table().slots().isEmpty() ? Duration.ZERO : LATE, () -> {
                seen = state;
                listener.accept(state);
            }));
        }
    }

    private final String invariant;
    private final Climate climate;
    private final long firstSeed;

    /** @param firstSeed as in {@link PlantedFault} */
    PlantedBreach(String invariant, Climate climate, long firstSeed) {
        this.invariant = invariant;
        this.climate = climate;
        this.firstSeed = firstSeed;
    }

    /** Where to begin to look for it. */
    long firstSeed() {
        return firstSeed;
    }

    @Override
    public Climate climate(Climate any) {
        return climate;
    }

    /** Which one it breaks. */
    String invariant() {
        return invariant;
    }

    /** True when this was found by the checker of the invariant. */
    boolean isNamedIn(String violation) {
        return violation.contains(": " + invariant + " ");
    }

    private static ClusterState older(ClusterState state) {
        SlotTable table = state.table();
        SlotTableEpoch epoch = new SlotTableEpoch(
                table.epoch().incarnation(), Math.max(0, table.epoch().number() - 1));
        return new ClusterState(
                state.datacenter(), new SlotTable(epoch, table.slots()), state.membersRevision(), state.members());
    }

    private static DatumAnswers rewritten(DatumAnswers given, UnaryOperator<DatumAnswer> each) {
        return new DatumAnswers(given.answers().stream().map(each).toList());
    }
}
