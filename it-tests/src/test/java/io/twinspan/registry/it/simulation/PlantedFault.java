package io.twinspan.registry.it.simulation;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.node.data.DataSettings;
import io.twinspan.registry.node.data.DatumWrite;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.SimulatedNetwork;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Mistakes that a registry could make, each made on purpose at a port or on the way between processes. */
enum PlantedFault implements Tampering {
    /** Nothing but ceilings ever reaches the disk. */
    LOSE_THE_WRITE_BEHIND(1) {
        @Override
        public SimulatedDisk disk(ManualClock time, Random random) {
            return forgetful(time, random);
        }
    },

    /** A slot without anything on its disk is taken for empty, and settled as soon as it is loaded. */
    TREAT_COLD_AS_EMPTY(5) {
        @Override
        public SimulatedDisk disk(ManualClock time, Random random) {
            return new SimulatedDisk(time, random) {
                @Override
                void crash() {
                    super.crash();
                    wipe();
                }
            };
        }

        @Override
        public WorldSettings settings(WorldSettings settings) {
            Duration none = Duration.ZERO;
            return settings.with(settings.data().withWarming(new DataSettings.Warming(none, none, none)));
        }
    },

    /** Where nothing can be said, "empty" is said. */
    TREAT_UNKNOWN_AS_EMPTY(18) {
        @Override
        public SimulatedNetwork.Tap tap() {
            return answers(answer -> answer.status() != DatumAnswer.Status.UNKNOWN
                    ? answer
                    : new DatumAnswer(
                            answer.datacenter(), answer.id(), DatumAnswer.Status.EMPTY, true, answer.version(), null));
        }
    },

    /** Content changes and its version does not. */
    REUSE_A_VERSION(1) {
        @Override
        public SimulatedNetwork.Tap tap() {
            record Name(DatacenterId datacenter, DataInfoId id) {}
            Map<Name, DatumVersion> first = new HashMap<>();
            return answers(answer -> {
                Datum datum = answer.datum();
                if (datum == null) {
                    return answer;
                }
                DatumVersion version =
                        first.computeIfAbsent(new Name(datum.datacenter(), datum.id()), name -> datum.version());
                return new DatumAnswer(
                        datum.datacenter(),
                        datum.id(),
                        answer.status(),
                        answer.isConfirmed(),
                        version,
                        datum.withVersion(version));
            });
        }
    },

    /** A removal takes away whatever is there, whoever owns it by now. */
    IGNORE_THE_OWNER_ON_REMOVAL(1) {
        @Override
        public SimulatedNetwork.Tap tap() {
            Map<RegistrationId, RegistrationOrder> last = new HashMap<>();
            return changes(change -> {
                if (change instanceof DatumChange.Register register) {
                    last.put(register.id(), register.publisher().order());
                    return change;
                }
                RegistrationOrder order = last.get(change.id());
                return order != null && change instanceof DatumChange.Remove remove
                        ? new DatumChange.Unregister(remove.id(), order, remove.owner(), true)
                        : change;
            });
        }
    },

    /** What is sent again to repair a data node counts as a new request of the client. */
    STAMP_A_RETRY(10) {
        @Override
        public SimulatedNetwork.Tap tap() {
            return new SimulatedNetwork.Tap() {
                private long stamps = 1L << 61;

                @Override
                @SuppressWarnings("unchecked") // a SyncPublishers in place of another one
                public <R> Request<R> onRequest(Caller from, Endpoint to, Request<R> request) {
                    if (!(request instanceof SyncPublishers sync)) {
                        return request;
                    }
                    List<SyncPublishers.Entry> entries = sync.entries().stream()
                            .map(each -> new SyncPublishers.Entry(each.service(), stamped(each.publisher(), stamps++)))
                            .toList();
                    return (Request<R>) new SyncPublishers(sync.session(), sync.slot(), entries);
                }
            };
        }
    },

    /** The number on the client's wire begins anew on each connection. */
    COUNT_THE_WIRE_NUMBER_BY_CONNECTION(1) {
        @Override
        public SegmentPush push(SegmentPush push, long count) {
            return numbered(push, count);
        }
    },

    /** Every push bears the number of the first. */
    NEVER_RAISE_THE_WIRE_NUMBER(1) {
        @Override
        public SegmentPush push(SegmentPush push, long count) {
            return numbered(push, 1);
        }
    },

    /** A session that was restarted passes for the one it was before. */
    TAKE_A_NEW_LIFE_FOR_THE_OLD_ONE(4) {
        @Override
        public long incarnation(long reading) {
            return 1;
        }
    },

    /** Who has been silent for two seconds is gone. */
    EXPIRE_LEASES_AFTER_A_PAUSE(1) {
        @Override
        public WorldSettings settings(WorldSettings settings) {
            return settings.withLeases(Duration.ofSeconds(2));
        }
    },

    /** What a lost session had goes with its lease, however much of a service it is. */
    HOLD_NOTHING(4) {
        @Override
        public WorldSettings settings(WorldSettings settings) {
            DataSettings data = settings.data();
            return settings.with(data.withQuarantine(data.quarantine().withServiceShare(1)));
        }
    };

    private final long firstSeed;

    /** @param firstSeed the first that finds it; not a promise, because every change of the nodes changes the ways of the seeds */
    PlantedFault(long firstSeed) {
        this.firstSeed = firstSeed;
    }

    /** Where to begin to look for it. */
    long firstSeed() {
        return firstSeed;
    }

    private static SimulatedDisk forgetful(ManualClock time, Random random) {
        return new SimulatedDisk(time, random) {
            @Override
            public void save(DatumWrite write) {
                // Lost.
            }
        };
    }

    private static Publisher stamped(Publisher from, long stamp) {
        return new Publisher(
                from.id(),
                new RegistrationOrder(from.order().clientVersion(), new Stamp(stamp)),
                from.owner(),
                from.zone(),
                from.appName(),
                from.client(),
                from.addresses());
    }

    private static SegmentPush numbered(SegmentPush push, long number) {
        return new SegmentPush(
                push.service(),
                push.registIds(),
                push.segment(),
                push.scope(),
                number,
                push.addressesByZone(),
                push.localZone());
    }

    private static SimulatedNetwork.Tap answers(UnaryOperator<DatumAnswer> rewritten) {
        return new SimulatedNetwork.Tap() {
            @Override
            @SuppressWarnings("unchecked") // DatumAnswers in place of others
            public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                return answer instanceof DatumAnswers given
                        ? (R) new DatumAnswers(
                                given.answers().stream().map(rewritten).toList())
                        : answer;
            }
        };
    }

    private static SimulatedNetwork.Tap changes(UnaryOperator<DatumChange> rewritten) {
        return new SimulatedNetwork.Tap() {
            @Override
            @SuppressWarnings("unchecked") // an ApplyChanges in place of another one
            public <R> Request<R> onRequest(Caller from, Endpoint to, Request<R> request) {
                if (!(request instanceof ApplyChanges sent)) {
                    return request;
                }
                List<RegistrationChange> changes = sent.changes().stream()
                        .map(each -> new RegistrationChange(each.service(), rewritten.apply(each.change())))
                        .toList();
                return (Request<R>) new ApplyChanges(sent.session(), changes);
            }
        };
    }
}
