-- Every idea with the newest decision about it. A WHERE follows.
SELECT idea.number, idea.call, idea.topic, idea.title, idea.description, idea.public_data, idea.private_data,
       idea.filed_at, decided.decision, decided.note, decided.decided_at
  FROM policy_idea AS idea
  LEFT JOIN LATERAL (
       SELECT decision, note, decided_at
         FROM idea_decision
        WHERE idea_decision.idea = idea.number
        ORDER BY idea_decision.number DESC
        LIMIT 1) AS decided ON true
