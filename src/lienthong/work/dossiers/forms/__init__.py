"""Shapes of what an officer sends to a dossier; `given()` is what the action of the same verb takes."""
