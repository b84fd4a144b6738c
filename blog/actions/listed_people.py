"""The rows that a list of people changes, and their undo. Part of the actions on roster imports."""

from collections.abc import Iterable, Mapping

from django.db.models import Model, QuerySet
from django.utils import timezone

from blog.actions.name_decisions import NameDecision
from blog.models import (
    AuditEvent,
    Invitation,
    Membership,
    Pod,
    Post,
    RosterImport,
    Section,
    StudentIdentifier,
    User,
    lock_members,
    queue_mails,
)
from blog.queries.roster_preview import NEW, PreviewRow

GROUPS: Mapping[str, type[Pod] | type[Section]] = {"section": Section, "pod": Pod}


class ListedPeople:
    """The people of one list: writes its rows into the course, and stores the changes."""

    def __init__(self, roster_import: RosterImport, *, by: User, system: str) -> None:
        self.roster_import, self.by, self.system = roster_import, by, system
        self.course = roster_import.course
        self.groups = {
            name: {
                group.name.casefold(): group for group in model.objects.filter(course=self.course)
            }
            for name, model in GROUPS.items()
        }
        self.changes: dict[str, list] = {"section": [], "pod": [], "members": [], "invitations": []}

    def add(self, rows: Iterable[PreviewRow]) -> dict[str, list]:
        """Invite, change, and queue the mails; return what the undo needs."""
        invited, rows = [], list(rows)
        for row in rows:
            if row.state == NEW:
                invited.append(self._invitation(row))
            elif row.member is not None:
                self._change_member(row.member, row.changes)
            elif row.invitation is not None:
                self._change_invitation(row.invitation, row.changes)
        queue_mails([invitation.mail() for invitation in Invitation.objects.bulk_create(invited)])
        NameDecision.hold_names([row.member.user_id for row in rows if row.member is not None])
        return self.changes

    def _invitation(self, row: PreviewRow) -> Invitation:
        identifiers = row.changes.get("identifiers")
        return Invitation(
            course=self.course,
            email=row.row.email,
            name=row.row.name,
            family_name=row.row.family_name,
            role=row.row.role,
            pod=self._group("pod", row.changes),
            section=self._group("section", row.changes),
            identifiers={self.system: identifiers} if identifiers else {},
            roster_import=self.roster_import,
            invited_by=self.by,
        )

    def _group(self, kind: str, changes: Mapping):
        """Return the pod or section that a row names, a new one if the course has none so named."""
        name = changes.get(kind)
        if not name:
            return None
        groups, key = self.groups[kind], name.casefold()
        if key not in groups:
            groups[key] = GROUPS[kind].objects.create(course=self.course, name=name)
            self.changes[kind].append(groups[key].pk)
        return groups[key]

    def _change_member(self, member: Membership, changes: Mapping) -> None:
        before, after = self._write(member, changes, ("listed_name", "family_name"))
        identifiers = {}
        for kind, value in changes.get("identifiers", {}).items():
            key = {"membership": member, "system": self.system, "kind": kind}
            earlier = (
                StudentIdentifier.objects.filter(**key).values_list("value", flat=True).first()
            )
            StudentIdentifier.objects.update_or_create(**key, defaults={"value": value})
            identifiers[kind] = [earlier, value]
        self.changes["members"].append(
            {
                "pk": member.pk,
                "before": before,
                "after": after,
                "system": self.system,
                "identifiers": identifiers,
            }
        )

    def _change_invitation(self, invitation: Invitation, changes: Mapping) -> None:
        renamed = dict(changes)
        if "listed_name" in renamed:
            renamed["name"] = renamed.pop("listed_name")
        if "identifiers" in changes:
            kept = invitation.identifiers.get(self.system, {})
            renamed["identifiers"] = {
                **invitation.identifiers,
                self.system: {**kept, **changes["identifiers"]},
            }
        before, after = self._write(invitation, renamed, ("name", "family_name", "identifiers"))
        self.changes["invitations"].append({"pk": invitation.pk, "before": before, "after": after})

    def _write(self, row: Model, changes: Mapping, plain: Iterable[str]) -> tuple[dict, dict]:
        """Write changed fields of a member or an invitation; return them before and after."""
        fields = {name: changes[name] for name in plain if name in changes}
        fields |= {
            f"{kind}_id": self._group(kind, changes).pk for kind in GROUPS if changes.get(kind)
        }
        before = {name: getattr(row, name) for name in fields}
        if fields:
            type(row)._default_manager.filter(pk=row.pk).update(**fields)
        return before, fields


class AddedPeople:
    """The undoing of one list's changes. The caller holds its row, and is in a transaction."""

    def __init__(self, roster_import: RosterImport) -> None:
        self.roster_import, self.changes = roster_import, roster_import.changes

    def undo(self, *, by: User | None) -> None:
        """Take back what the list has changed, and keep who stayed as they are."""
        stored = self.roster_import
        lock_members(stored.course)
        stored.changes = {"stayed": self.take_back()}
        stored.undone_at = timezone.now()
        stored.save(update_fields=["changes", "undone_at"])
        AuditEvent.record("roster_import_undone", stored, by=by, course=stored.course)

    def take_back(self) -> list[int]:
        """Give rows back what the list has changed; return the members who stay as they are.

        Invitations that nobody has accepted are withdrawn, a value is given back where it is still
        that of the list, and pods and sections that it made are deleted if nothing is in them.
        """
        invited = self.roster_import.invitations.all()
        stayed = [pk for pk in invited.values_list("membership", flat=True) if pk is not None]
        invited.open().update(withdrawn_at=timezone.now())
        stayed += self._changed_since("members", Membership.objects.all())
        self._changed_since("invitations", Invitation.objects.open())
        for kind, model in GROUPS.items():
            for group in model.objects.filter(pk__in=self.changes.get(kind, [])):
                if not _is_used(group):
                    group.delete()
        return sorted(set(stayed))

    def _changed_since(self, kind: str, rows: QuerySet) -> list[int]:
        """Give rows their earlier values; return the keys of those that were changed since."""
        changes = self.changes.get(kind, [])
        found = rows.in_bulk([change["pk"] for change in changes])
        return [
            change["pk"]
            for change in changes
            if change["pk"] in found and not self._give_back(found[change["pk"]], change)
        ]

    def _give_back(self, row: Model, change: Mapping) -> bool:
        """Give a row its earlier values; return whether all were those of the list until now."""
        same = [name for name, value in change["after"].items() if getattr(row, name) == value]
        earlier = {name: change["before"][name] for name in same}
        if earlier:
            type(row)._default_manager.filter(pk=row.pk).update(**_without_deleted(earlier))
        is_whole = len(same) == len(change["after"])
        for kind, (before, after) in change.get("identifiers", {}).items():
            kept = StudentIdentifier.objects.filter(
                membership=row.pk, system=change["system"], kind=kind, value=after
            )
            done = kept.delete()[0] if before is None else kept.update(value=before)
            is_whole = is_whole and bool(done)
        return is_whole


def _without_deleted(fields: dict) -> dict:
    """Return values to give back, without groups that somebody has deleted since."""
    for kind, model in GROUPS.items():
        pk = fields.get(f"{kind}_id")
        if pk is not None and not model.objects.filter(pk=pk).exists():
            fields[f"{kind}_id"] = None
    return fields


def _is_used(group: Pod | Section) -> bool:
    invited = group.invitations.filter(accepted_at=None, withdrawn_at=None)
    if group.memberships.exists() or invited.exists():
        return True
    return isinstance(group, Pod) and Post.objects.filter(pod=group).exists()
