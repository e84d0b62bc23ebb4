"""Search, topics alike"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('search_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('content_id', sa.BigInteger(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('plain', sa.String(), nullable=False),
    sa.Column('tokens', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['content_id'], ['content.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('search_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_text_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_search_text_topic_id'), ['topic_id'], unique=False)
    op.create_table('alike',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('other_id', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['other_id'], ['topic.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('topic_id', 'other_id')
    )
    with op.batch_alter_table('alike', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alike_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_alike_topic_id'), ['topic_id'], unique=False)
    _index()


def _index() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        # Its cost keeps the planner from computing it for every row when the index has the answer.
        op.execute(
            "CREATE FUNCTION search_tokens(line text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE"
            " COST 1000 AS 'BEGIN RETURN array_to_tsvector(string_to_array(line, '' '')); END'"
        )
        op.execute("CREATE INDEX search_word ON search_text USING gin (search_tokens(tokens))")
        return
    op.execute(
        "CREATE VIRTUAL TABLE search_word USING fts5(tokens, content='search_text', content_rowid='id',"
        " detail='none', columnsize=0, tokenize=\"unicode61 remove_diacritics 0 tokenchars '#-'\")"
    )
    op.execute(
        "CREATE TRIGGER search_text_comes AFTER INSERT ON search_text BEGIN"
        " INSERT INTO search_word (rowid, tokens) VALUES (new.id, new.tokens); END"
    )
    op.execute(
        "CREATE TRIGGER search_text_goes AFTER DELETE ON search_text BEGIN"
        " INSERT INTO search_word (search_word, rowid, tokens) VALUES ('delete', old.id, old.tokens); END"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != 'postgresql':
        op.execute("DROP TABLE search_word")
    op.drop_table('alike')
    op.drop_table('search_text')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("DROP FUNCTION search_tokens")
