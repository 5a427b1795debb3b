package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.meta.proto.StoredDepartures;
import io.twinspan.registry.node.meta.proto.StoredRemoval;
import io.twinspan.registry.slot.Incarnation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One change of the {@link MetaState}, as it stands in the log. Refusals are decided from the state alone, so all members agree. */
sealed interface MetaCommand
        permits MetaCommand.CreateIncarnation,
                MetaCommand.PutMember,
                MetaCommand.RemoveMembers,
                MetaCommand.PutProvided,
                MetaCommand.RemoveProvided,
                AdoptProvided,
                SetPolicies,
                SetClientsOff,
                SetPushSwitch,
                SetMove,
                SlotCommand,
                DecideDuty,
                FollowDuty,
                JournalRun,
                RestoreState,
                RebuildGroup {
    /** Why the command cannot be carried out in this state; empty when it can. */
    String refusal(MetaState state);

    /** The state after it; called only when there is no {@link #refusal}. */
    MetaState applyTo(MetaState state);

    /** The form in which it is logged. */
    StoredCommand stored();

    /** The first leader of a group on empty disks names its life. */
    record CreateIncarnation(Incarnation incarnation) implements MetaCommand {
        @Override
        public String refusal(MetaState state) {
            return state.isCreated() ? "the group has incarnation " + state.incarnation() + " already" : "";
        }

        @Override
        public MetaState applyTo(MetaState state) {
            return state.created(incarnation);
        }

        @Override
        public StoredCommand stored() {
            return StoredCommand.newBuilder()
                    .setCreateIncarnation(MetaCodec.toStored(incarnation))
                    .build();
        }
    }

    /** A role of a node joins, or comes back as another process or under other addresses. */
    record PutMember(Member member) implements MetaCommand {
        @Override
        public String refusal(MetaState state) {
            if (!state.isCreated()) {
                return "the group has no incarnation yet";
            }
            if (state.removed().contains(member.node())) {
                return "node " + member.node() + " was removed for good; to join again it needs a new identity, that is"
                        + " an empty home folder";
            }
            Member known = state.members().get(MemberKey.of(member));
            return known != null && known.incarnation() > member.incarnation()
                    ? "a later process of " + MemberKey.of(member) + " is a member already"
                    : "";
        }

        @Override
        public MetaState applyTo(MetaState state) {
            if (member.equals(state.members().get(MemberKey.of(member)))) {
                return state;
            }
            Map<MemberKey, Member> members = new HashMap<>(state.members());
            members.put(MemberKey.of(member), member);
            return state.withMembers(members);
        }

        @Override
        public StoredCommand stored() {
            return StoredCommand.newBuilder()
                    .setPutMember(MetaCodec.toStored(member))
                    .build();
        }
    }

    /** Names one process of a member, so that its successor is not taken away in its place. */
    record Departure(MemberKey key, long incarnation) {}

    /** The leases of some members are over. */
    record RemoveMembers(List<Departure> departures) implements MetaCommand {
        public RemoveMembers {
            departures = List.copyOf(departures);
        }

        @Override
        public String refusal(MetaState state) {
            return "";
        }

        @Override
        public MetaState applyTo(MetaState state) {
            Map<MemberKey, Member> members = new HashMap<>(state.members());
            for (Departure departure : departures) {
                Member known = members.get(departure.key());
                if (known != null && known.incarnation() == departure.incarnation()) {
                    members.remove(departure.key());
                }
            }
            return members.size() == state.members().size() ? state : state.withMembers(members);
        }

        @Override
        public StoredCommand stored() {
            return StoredCommand.newBuilder()
                    .setRemoveMembers(StoredDepartures.newBuilder()
                            .addAllDepartures(
                                    departures.stream().map(MetaCodec::toStored).toList()))
                    .build();
        }
    }

    /** An operator provides a value under a version above the stored one. */
    record PutProvided(DataInfoId id, long version, String data, ProvidedNote note) implements MetaCommand {
        PutProvided(DataInfoId id, long version, String data) {
            this(id, version, data, ProvidedNote.NONE);
        }

        @Override
        public String refusal(MetaState state) {
            return state.isCreated() ? tooLow(state, id, version) : "the group has no incarnation yet";
        }

        @Override
        public MetaState applyTo(MetaState state) {
            return state.withProvided(id, new ProvidedEdit(version, data, note));
        }

        @Override
        public StoredCommand stored() {
            return StoredCommand.newBuilder()
                    .setPutProvided(ProvidedForms.stored(id, new ProvidedEdit(version, data, note)))
                    .build();
        }
    }

    /**
     * An operator takes a value back. The removal has a version too, because a client ignores what is not above what it has.
     *
     * @param version 0 for one above the stored one
     */
    record RemoveProvided(DataInfoId id, long version, ProvidedNote note) implements MetaCommand {
        RemoveProvided(DataInfoId id, long version) {
            this(id, version, ProvidedNote.NONE);
        }

        @Override
        public String refusal(MetaState state) {
            return version == 0 || isAbsent(state) ? "" : tooLow(state, id, version);
        }

        @Override
        public MetaState applyTo(MetaState state) {
            ProvidedValue stored = state.provided().get(id);
            if (stored == null || stored.data() == null) {
                return state;
            }
            long raised = version == 0 ? stored.version() + 1 : version;
            return state.withProvided(id, new ProvidedEdit(raised, null, note));
        }

        @Override
        public StoredCommand stored() {
            return StoredCommand.newBuilder()
                    .setRemoveProvided(StoredRemoval.newBuilder()
                            .setName(ProvidedForms.stored(id))
                            .setVersion(version)
                            .setNote(note.stored()))
                    .build();
        }

        private boolean isAbsent(MetaState state) {
            ProvidedValue stored = state.provided().get(id);
            return stored == null || stored.data() == null;
        }
    }

    private static String tooLow(MetaState state, DataInfoId id, long version) {
        ProvidedValue stored = state.provided().get(id);
        return stored != null && stored.version() >= version
                ? "version " + version + " of " + id + " is not higher than the stored version " + stored.version()
                : "";
    }
}
