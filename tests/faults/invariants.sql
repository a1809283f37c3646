-- What holds at any moment, whatever was killed: each statement lists what
-- breaks one invariant, as (its name, the row). No rows: all is well.
-- Run by check.py after every fault test; broken.py breaks each of them once.

-- A ticket has a customer, a beginning, and at least one message.
SELECT 'ticket without its customer', t.id FROM as_ticket t
	LEFT JOIN as_customer c ON c.id = t.customer_id WHERE c.id IS NULL;
SELECT 'ticket without a message', t.id FROM as_ticket t
	WHERE NOT EXISTS (SELECT 1 FROM as_message m WHERE m.ticket_id = t.id);
SELECT 'ticket that was not created once', t.id FROM as_ticket t
	LEFT JOIN as_event e ON e.ticket_id = t.id AND e.field = 'created'
	GROUP BY t.id HAVING COUNT(e.id) <> 1;

-- What the ticket's row repeats is what a recount finds.
SELECT 'number of messages', t.id FROM as_ticket t WHERE t.messages <>
	(SELECT COUNT(*) FROM as_message m WHERE m.ticket_id = t.id);
SELECT 'last message', t.id FROM as_ticket t WHERE NOT t.last_message_id <=>
	(SELECT MAX(m.id) FROM as_message m WHERE m.ticket_id = t.id);
SELECT 'last message for the customer', t.id FROM as_ticket t
	WHERE NOT t.last_public_id <=> (SELECT MAX(m.id) FROM as_message m
		WHERE m.ticket_id = t.id AND m.kind IN ('customer', 'reply')
		AND m.state = 'released');
SELECT 'words of the last message', t.id FROM as_ticket t
	JOIN as_message m ON m.id = t.last_message_id
	WHERE NOT t.last_words <=> LEFT(m.body, 200) OR t.last_files <> m.files;
SELECT 'turn of the status', t.id FROM as_ticket t
	JOIN as_status s ON s.id = t.status_id WHERE t.turn <> s.turn;
SELECT 'closed or not', t.id FROM as_ticket t
	WHERE (t.closed_at IS NOT NULL) <> (t.turn = 'over');
SELECT 'first reply', t.id FROM as_ticket t
	WHERE (t.first_reply_at IS NULL OR t.last_agent_at IS NULL) <>
	(NOT EXISTS (SELECT 1 FROM as_message m
		WHERE m.ticket_id = t.id AND m.kind = 'reply'));

-- The history ends where the ticket is.
SELECT 'status by its history', t.id FROM as_ticket t WHERE NOT t.status_id <=>
	(SELECT e.new_id FROM as_event e WHERE e.ticket_id = t.id
		AND e.field IN ('created', 'status') ORDER BY e.id DESC LIMIT 1);
SELECT 'priority by its history', t.id FROM as_ticket t WHERE t.priority_id <>
	COALESCE((SELECT e.new_id FROM as_event e WHERE e.ticket_id = t.id
		AND e.field = 'priority' ORDER BY e.id DESC LIMIT 1), t.priority_id);
SELECT 'owner by its history', t.id FROM as_ticket t
	WHERE COALESCE(t.owner_id, 0) <> COALESCE((SELECT COALESCE(e.new_id, 0)
		FROM as_event e WHERE e.ticket_id = t.id AND e.field = 'owner'
		ORDER BY e.id DESC LIMIT 1), t.owner_id, 0);
SELECT 'event of no ticket', e.id FROM as_event e
	LEFT JOIN as_ticket t ON t.id = e.ticket_id
	WHERE e.ticket_id IS NOT NULL AND t.id IS NULL;

-- The menu's numbers: folded rows and deltas together are a recount.
SELECT 'counter', CONCAT(owner_id, '/', status_id) FROM (
	SELECT shop_id, owner_id, status_id, n FROM as_count
	UNION ALL SELECT shop_id, owner_id, status_id, n FROM as_count_delta
	UNION ALL SELECT shop_id, COALESCE(owner_id, 0), status_id, -1 FROM as_ticket
	UNION ALL SELECT shop_id, -1, status_id, -1 FROM as_ticket) AS every
	GROUP BY shop_id, owner_id, status_id HAVING SUM(n) <> 0;

-- A message is of its ticket, and says the same of it.
SELECT 'message of no ticket', m.id FROM as_message m
	LEFT JOIN as_ticket t ON t.id = m.ticket_id WHERE t.id IS NULL;
SELECT 'message with another status', m.id FROM as_message m
	JOIN as_ticket t ON t.id = m.ticket_id
	WHERE m.status_id <> t.status_id OR m.priority_id <> t.priority_id;
SELECT 'number of files', m.id FROM as_message m WHERE m.files <>
	(SELECT COUNT(*) FROM as_attachment f WHERE f.message_id = m.id);

-- A form that was sent led to one message, which is there.
SELECT 'form without its message', HEX(f.hash) FROM as_form_token f
	LEFT JOIN as_message m ON m.id = f.message_id AND m.ticket_id = f.ticket_id
	WHERE m.id IS NULL;
SELECT 'two forms, one message', f.message_id FROM as_form_token f
	GROUP BY f.message_id HAVING COUNT(*) > 1;

-- A file belongs to a message or to an upload, and its bytes are known.
SELECT 'file of no message', f.id FROM as_attachment f
	LEFT JOIN as_message m ON m.id = f.message_id WHERE m.id IS NULL;
SELECT 'file whose bytes are unknown', f.id FROM as_attachment f
	LEFT JOIN as_blob b ON b.sha256 = f.sha256 WHERE b.sha256 IS NULL;
SELECT 'upload whose bytes are unknown', u.public_id FROM as_upload u
	LEFT JOIN as_blob b ON b.sha256 = u.sha256 WHERE b.sha256 IS NULL;
SELECT 'upload that was sent', u.public_id FROM as_upload u
	JOIN as_attachment f ON f.public_id = u.public_id;

-- Letters: in a state there is, about something there is, one for each reader.
SELECT 'letter in no state', o.id FROM as_outbox o WHERE NOT CASE o.state
	WHEN 'due' THEN o.sent_at IS NULL
	WHEN 'sent' THEN o.sent_at IS NOT NULL AND o.lease_until IS NULL AND o.attempts > 0
	WHEN 'failed' THEN o.sent_at IS NULL AND o.lease_until IS NULL AND o.attempts > 0
		AND o.last_error IS NOT NULL
	WHEN 'cancelled' THEN o.sent_at IS NULL AND o.lease_until IS NULL
	ELSE FALSE END;
SELECT 'letter about nothing', o.id FROM as_outbox o
	LEFT JOIN as_message m ON m.id = o.message_id
	WHERE o.message_id IS NOT NULL AND (m.id IS NULL OR m.origin_ticket_id <> o.ticket_id);
SELECT 'two letters of one kind to one reader', MIN(o.id) FROM as_outbox o
	WHERE o.message_id IS NOT NULL
	GROUP BY o.message_id, o.letter, o.to_address HAVING COUNT(*) > 1;
SELECT 'letter that overtook another', o.id FROM as_outbox o
	JOIN as_outbox e ON e.ticket_id = o.ticket_id AND e.to_address = o.to_address
		AND e.seq < o.seq AND e.state = 'due'
	WHERE o.state = 'sent';
SELECT 'reply without its letter', m.id FROM as_message m
	WHERE m.kind = 'reply' AND m.state = 'released' AND NOT EXISTS (
		SELECT 1 FROM as_outbox o WHERE o.message_id = m.id
			AND o.recipient_kind = 'customer');

-- What came by mail: a row's state is what its columns say. A report bears the
-- message of the letter it is about; a note that was split off stays behind.
SELECT 'mail in no state', r.id FROM as_mail r WHERE NOT CASE r.state
	WHEN 'new' THEN r.message_id IS NULL AND (r.wish IS NOT NULL
		OR (r.decided_at IS NULL AND r.outcome IS NULL))
	WHEN 'done' THEN r.decided_at IS NOT NULL AND r.class IS NOT NULL
		AND r.outcome IS NOT NULL AND r.trace IS NOT NULL
	WHEN 'held' THEN r.decided_at IS NOT NULL AND r.reason IS NOT NULL
		AND r.message_id IS NULL
	WHEN 'bad' THEN r.message_id IS NULL
		AND (r.reason IS NOT NULL OR r.last_error IS NOT NULL)
	ELSE FALSE END;
SELECT 'mail of which nothing came', r.id FROM as_mail r
	LEFT JOIN as_message m ON m.id = r.message_id
	LEFT JOIN as_message_mail x ON x.message_id = r.message_id
	WHERE r.message_id IS NOT NULL AND r.outcome <> 'bounce'
		AND (m.id IS NULL OR x.as_mail_id IS NULL
		OR x.as_mail_id <> r.id OR NOT r.ticket_id <=> m.origin_ticket_id);
SELECT 'mail about no ticket', r.id FROM as_mail r
	LEFT JOIN as_ticket t ON t.id = r.ticket_id
	WHERE r.ticket_id IS NOT NULL AND t.id IS NULL;
SELECT 'mail whose bytes are unknown', r.id FROM as_mail r
	LEFT JOIN as_blob b ON b.sha256 = r.sha256 WHERE b.sha256 IS NULL;
SELECT 'message of no mail', m.id FROM as_message m
	LEFT JOIN as_message_mail x ON x.message_id = m.id
	WHERE (m.source = 'mail') <> (x.message_id IS NOT NULL);
SELECT 'mail row of no message', x.message_id FROM as_message_mail x
	LEFT JOIN as_message m ON m.id = x.message_id
	LEFT JOIN as_mail r ON r.id = x.as_mail_id AND r.message_id = x.message_id
	WHERE m.id IS NULL OR (r.id IS NULL AND NOT EXISTS (SELECT 1 FROM as_relation s
		WHERE s.kind = 'split_from' AND s.other_id = m.ticket_id));
SELECT 'two messages of one letter', MIN(m.id) FROM as_message m
	JOIN as_message_mail x ON x.message_id = m.id
	JOIN as_mail r ON r.id = x.as_mail_id
	WHERE NOT EXISTS (SELECT 1 FROM as_relation s
		WHERE s.kind = 'split_from' AND s.other_id = m.ticket_id)
	GROUP BY m.shop_id, COALESCE(r.mail_id, ''), r.content HAVING COUNT(*) > 1;

-- What became of letters: the letter is there, and the report.
SELECT 'fate of no letter', d.id FROM as_delivery d
	LEFT JOIN as_outbox o ON o.id = d.outbox_id
	LEFT JOIN as_mail r ON r.id = d.as_mail_id
	WHERE o.id IS NULL OR (d.as_mail_id IS NOT NULL AND r.id IS NULL)
		OR NOT d.message_id <=> o.message_id;
SELECT 'two fates by one report', MIN(d.id) FROM as_delivery d
	WHERE d.as_mail_id IS NOT NULL
	GROUP BY d.as_mail_id, d.outbox_id, d.address, d.kind HAVING COUNT(*) > 1;
SELECT 'participant of no ticket', p.ticket_id FROM as_participant p
	LEFT JOIN as_ticket t ON t.id = p.ticket_id WHERE t.id IS NULL;
SELECT 'relation of no ticket', r.ticket_id FROM as_relation r
	LEFT JOIN as_ticket t ON t.id = r.ticket_id
	LEFT JOIN as_ticket o ON o.id = r.other_id WHERE t.id IS NULL OR o.id IS NULL;
-- A page looks only where the ticket says that there may be something.
SELECT 'participant that is not looked for', p.ticket_id FROM as_participant p
	JOIN as_ticket t ON t.id = p.ticket_id WHERE NOT t.has_people;
SELECT 'relation that is not looked for', t.id FROM as_relation r
	JOIN as_ticket t ON t.id IN (r.ticket_id, r.other_id) WHERE NOT t.has_related;
SELECT 'fate that is not looked for', t.id FROM as_ticket t
	WHERE NOT t.has_undelivered AND (
		EXISTS (SELECT 1 FROM as_delivery d WHERE d.ticket_id = t.id)
		OR EXISTS (SELECT 1 FROM as_outbox o
			WHERE o.ticket_id = t.id AND o.state = 'failed'));
