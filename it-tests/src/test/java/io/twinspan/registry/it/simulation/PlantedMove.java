package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.SimulatedNetwork;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Mistakes that could be made while clients move, each made on purpose and seen by the checkers of D4 and D2. */
enum PlantedMove {
    /** What a client that was sent away has registered goes with its connection. */
    DROP_WHAT_IS_SENT_AWAY {
        @Override
        RegistrationChange onChange(RegistrationChange change) {
            return change.change() instanceof DatumChange.Register told
                            && told.publisher().isMoving()
                    ? new RegistrationChange(
                            change.service(),
                            new DatumChange.Remove(
                                    told.publisher().id(), told.publisher().owner()))
                    : change;
        }
    },

    /** The list that lacks somebody is given without looking whether the other one has been. */
    IGNORE_WHAT_A_LIST_FOLLOWS {
        @Override
        DatumAnswer onAnswer(DatumAnswer answer) {
            return answer.datum() == null || answer.datum().after().isEmpty()
                    ? answer
                    : new DatumAnswer(
                            answer.datacenter(),
                            answer.id(),
                            answer.status(),
                            answer.isConfirmed(),
                            answer.version(),
                            Objects.requireNonNull(answer.datum()).followingNothing(),
                            answer.word());
        }
    },

    /** The leader is not told who is on the way: what he left behind stays until his session lets go of it, wherever he is. */
    LEAVE_MOVING_TO_THE_LEASE {
        @Override
        RegistrationChange onChange(RegistrationChange change) {
            return change.change() instanceof DatumChange.Register told
                    ? new RegistrationChange(
                            change.service(),
                            new DatumChange.Register(told.publisher().moving(0)))
                    : change;
        }

        @Override
        Publisher onSynced(Publisher publisher) {
            return publisher.moving(0);
        }
    };

    RegistrationChange onChange(RegistrationChange change) {
        return change;
    }

    Publisher onSynced(Publisher publisher) {
        return publisher;
    }

    DatumAnswer onAnswer(DatumAnswer answer) {
        return answer;
    }

    /** A world with this mistake. */
    Tampering plant() {
        return new MovingWorld() {
            @Override
            public SimulatedNetwork.Tap tap() {
                return new SimulatedNetwork.Tap() {
                    @Override
                    @SuppressWarnings("unchecked") // a request in place of another one of its type
                    public <R> Request<R> onRequest(Caller from, Endpoint to, Request<R> request) {
                        if (request instanceof ApplyChanges apply) {
                            return (Request<R>) new ApplyChanges(
                                    apply.session(),
                                    apply.changes().stream()
                                            .map(PlantedMove.this::onChange)
                                            .toList());
                        }
                        if (request instanceof SyncPublishers sync) {
                            return (Request<R>) new SyncPublishers(
                                    sync.session(),
                                    sync.slot(),
                                    sync.entries().stream()
                                            .map(each -> new SyncPublishers.Entry(
                                                    each.service(), onSynced(each.publisher())))
                                            .toList());
                        }
                        return request;
                    }

                    @Override
                    @SuppressWarnings("unchecked") // answers in place of others
                    public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                        return answer instanceof DatumAnswers given
                                ? (R) new DatumAnswers(late(to, given).answers().stream()
                                        .map(PlantedMove.this::onAnswer)
                                        .toList())
                                : answer;
                    }
                };
            }
        };
    }

    /** A world as it should be. */
    static Tampering none() {
        return new MovingWorld();
    }

    /** Two datacenters whose metas talk to each other, and whose sessions get some of a peer's lists only when they ask again. */
    private static class MovingWorld implements Tampering {
        private final Set<String> told = new HashSet<>();

        DatumAnswers late(Caller to, DatumAnswers given) {
            return new DatumAnswers(given.answers().stream()
                    .map(each -> isLate(to, each) ? DatumAnswer.unknown(each.datacenter(), each.id()) : each)
                    .toList());
        }

        private boolean isLate(Caller to, DatumAnswer answer) {
            boolean isOfPeer = !answer.datacenter().equals(to.datacenter());
            return to.role() == NodeRole.SESSION
                    && isOfPeer
                    && answer.datum() != null
                    && (answer.version().stamp().millis() & 1) == 0
                    && told.add(to.node() + " " + answer.id() + " " + answer.version());
        }

        @Override
        public SimulatedNetwork.Tap tap() {
            return new SimulatedNetwork.Tap() {
                @Override
                @SuppressWarnings("unchecked") // answers in place of others
                public <R> R onAnswer(Caller to, Request<R> request, R answer) {
                    return answer instanceof DatumAnswers given ? (R) late(to, given) : answer;
                }
            };
        }

        @Override
        public Climate climate(Climate any) {
            return Climate.FEDERATION;
        }

        @Override
        public boolean hasMoves() {
            return true;
        }

        @Override
        public List<FarFault> kinds(List<FarFault> kinds) {
            return List.of();
        }
    }
}
